// A works on Eclipse Milo, driven by lines on standard input; see ../README.md for what it shows and how it is driven.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.LongFunction;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.api.DataItem;
import org.eclipse.milo.opcua.sdk.server.api.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.api.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.api.config.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.Identifiers;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.server.EndpointConfiguration;

public final class WorksServer extends ManagedNamespaceWithLifecycle {
    private static final long TICK_MS = 200, EVENT_TICKS = 7, SLOTS = 128, NEVER = Long.MAX_VALUE / 2;
    private static volatile long beganMs = NEVER, endedMs = NEVER;
    private static long knownTick = 0, knownGrams = 0;

    /** Its value takes the number of the tick, so that value and stamp are of one instant. */
    private record Shown(NodeId type, LongFunction<Object> value) {}

    private final SubscriptionModel subscriptions;
    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private final Map<String, UaVariableNode> nodes = new LinkedHashMap<>();

    private WorksServer(OpcUaServer server) {
        super(server, "urn:works");
        subscriptions = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(subscriptions);
        shown.put("Belt.Coarse", new Shown(Identifiers.UInt32, now -> UInteger.valueOf(madeGrams(now) / 1_000_000)));
        shown.put("Belt.Fine", new Shown(Identifiers.Double, now -> madeGrams(now) / 1e6));
        shown.put("Heats.Head", new Shown(Identifiers.UInt32, now -> UInteger.valueOf(head(now))));
        shown.put("Heats.Sequence", new Shown(Identifiers.UInt32, now -> slots(now, UInteger::valueOf).toArray(new UInteger[0])));
        shown.put("Heats.Key", new Shown(Identifiers.String, now -> slots(now, s -> s > 0 ? "H" + s : "").toArray(new String[0])));
        shown.put("Heats.Tonnes", new Shown(Identifiers.Double, now -> slots(now, s -> s > 0 ? eventKg(s) / 1000.0 : 0.0).toArray(new Double[0])));
        shown.put("Heats.End", new Shown(Identifiers.DateTime, now -> slots(now, s -> moment(s > 0 ? beganMs + s * EVENT_TICKS * TICK_MS : 0)).toArray(new DateTime[0])));
        shown.put("Loads", new Shown(Identifiers.Double, now -> new Double[] {1.5, 2.5, 3.5}));
        // A structure of a type of which this server says nothing: its members cannot be known.
        shown.put("Record", new Shown(Identifiers.Structure, now -> new ExtensionObject(ByteString.of(new byte[8]), newNodeId("RecordType"))));
        shown.keySet().forEach(this::add);
    }

    private static long tick() {
        return Math.max(0, Math.floorDiv(Math.min(System.currentTimeMillis(), endedMs) - beganMs, TICK_MS));
    }

    private static synchronized long madeGrams(long until) {
        for (; knownTick < until; knownTick++) knownGrams += 40000 + (knownTick * 7919) % 31111;
        return knownGrams;
    }

    private static long head(long now) {
        return now / EVENT_TICKS;
    }

    private static long eventKg(long sequence) {
        return 250000 + (sequence * 6367) % 90001;
    }

    private static DateTime moment(long ms) {
        return new DateTime(java.time.Instant.ofEpochMilli(ms));
    }

    private static <T> List<T> slots(long now, LongFunction<T> of) {
        long last = head(now);
        List<T> found = new java.util.ArrayList<>();
        for (long slot = 0; slot < SLOTS; slot++) found.add(of.apply(Math.max(0, last - Math.floorMod(last - slot, SLOTS))));
        return found;
    }

    private static DataValue stamped(LongFunction<Object> value) {
        long number = tick();
        DateTime stamp = number > 0 ? moment(beganMs + number * TICK_MS) : DateTime.now();
        // Picoseconds come and go, so that neighbours differ in length.
        UShort pico = number % 3 == 0 ? null : UShort.valueOf((int) (number % 500));
        return new DataValue(new Variant(value.apply(number)), StatusCode.GOOD, stamp, pico, DateTime.now(), null);
    }

    private void add(String name) {
        Shown one = shown.get(name);
        UaVariableNode node = UaVariableNode.builder(getNodeContext())
            .setNodeId(newNodeId(name)).setBrowseName(newQualifiedName(name)).setDisplayName(LocalizedText.english(name))
            .setAccessLevel(AccessLevel.READ_ONLY).setUserAccessLevel(AccessLevel.READ_ONLY)
            .setDataType(one.type()).setTypeDefinition(Identifiers.BaseDataVariableType).build();
        node.getFilterChain().addLast(AttributeFilters.getValue(context -> stamped(one.value())));
        node.addReference(new Reference(node.getNodeId(), Identifiers.Organizes, Identifiers.ObjectsFolder.expanded(), false));
        getNodeManager().addNode(node);
        nodes.put(name, node);
    }

    @Override public void onDataItemsCreated(List<DataItem> items) { subscriptions.onDataItemsCreated(items); }
    @Override public void onDataItemsModified(List<DataItem> items) { subscriptions.onDataItemsModified(items); }
    @Override public void onDataItemsDeleted(List<DataItem> items) { subscriptions.onDataItemsDeleted(items); }
    @Override public void onMonitoringModeChanged(List<MonitoredItem> items) { subscriptions.onMonitoringModeChanged(items); }

    private void obey(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "begin" -> {
                beganMs = System.currentTimeMillis();
                say("{\"began_ms\": " + beganMs + "}");
            }
            case "replace" -> {
                nodes.remove(words[1]).delete();
                Thread.sleep(1000);
                add(words[1]);
                say("{\"replaced\": \"" + words[1] + "\"}");
            }
            case "end" -> {
                endedMs = System.currentTimeMillis();
                StringJoiner events = new StringJoiner(", ", "[", "]");
                for (long sequence = 1; sequence <= head(tick()); sequence++) events.add(Long.toString(eventKg(sequence) * 1000));
                say("{\"belt_g\": " + madeGrams(tick()) + ", \"events_g\": " + events + "}");
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        if (arguments.length > 3) beganMs = Long.parseLong(arguments[3]);
        EndpointConfiguration endpoint = EndpointConfiguration.newBuilder()
            .setBindAddress("127.0.0.1").setHostname("127.0.0.1").setBindPort(port).setPath("")
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setSecurityPolicy(SecurityPolicy.None).setSecurityMode(MessageSecurityMode.None)
            .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS).build();
        OpcUaServer server = new OpcUaServer(OpcUaServerConfig.builder()
            .setApplicationName(LocalizedText.english("works")).setApplicationUri("urn:works:server").setProductUri("urn:works:server")
            .setBuildInfo(new BuildInfo("", "", "", "", "", DateTime.MIN_VALUE))
            .setCertificateManager(new DefaultCertificateManager())
            .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
            .setEndpoints(Set.of(endpoint)).build());
        for (int number = 0; number < Integer.parseInt(arguments[2]); number++) server.getNamespaceTable().addUri("urn:other:" + number);
        WorksServer works = new WorksServer(server);
        works.startup();
        server.startup().get();
        say("{\"listens\": " + port + "}");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) works.obey(line.trim().split(" "));
        System.exit(0);
    }
}
