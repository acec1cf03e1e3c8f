// A works on node-opcua, driven by lines on standard input; see ../README.md for what it shows and how it is driven.
"use strict";
const path = require("path");
const readline = require("readline");
const { nodesets } = require("node-opcua-nodesets");
const { OPCUAServer } = require("node-opcua-server");
const { OPCUACertificateManager } = require("node-opcua-certificate-manager");
const { Variant, DataType, VariantArrayType } = require("node-opcua-variant");
const { DataValue } = require("node-opcua-data-value");
const { StatusCodes } = require("node-opcua-status-code");
const { SecurityPolicy } = require("node-opcua-secure-channel");
const { MessageSecurityMode } = require("node-opcua-service-secure-channel");

const [port, folder, namespaces_before, began] = [process.argv[2], process.argv[3], process.argv[4], process.argv[5]];
const TICK_MS = 200, EVENT_TICKS = 7, SLOTS = 128, NEVER = 8.64e15;
let began_ms = Number(began) || NEVER, ended_ms = NEVER;

const tick = () => Math.max(0, Math.floor((Math.min(Date.now(), ended_ms) - began_ms) / TICK_MS));
const growth_g = (number) => 40000 + ((number * 7919) % 31111);
let known = { tick: 0, grams: 0 };
function made_g(until) {
    for (; known.tick < until; known.tick++) known.grams += growth_g(known.tick);
    return known.grams;
}
const head = (now) => Math.floor(now / EVENT_TICKS);
const event_kg = (sequence) => 250000 + ((sequence * 6367) % 90001);
const event_end_ms = (sequence) => began_ms + sequence * EVENT_TICKS * TICK_MS;

function slots(now, of) {
    const last = head(now);
    return Array.from({ length: SLOTS }, (_, slot) => {
        const sequence = last - ((((last - slot) % SLOTS) + SLOTS) % SLOTS);
        return of(sequence > 0 ? sequence : 0);
    });
}
const array = (dataType, value) => new Variant({ dataType, arrayType: VariantArrayType.Array, value });
// Each takes the number of the tick, so that value and stamp are of one instant.
const NODES = {
    "Belt.Coarse": ["UInt32", (now) => new Variant({ dataType: DataType.UInt32, value: Math.floor(made_g(now) / 1e6) })],
    "Belt.Fine": ["Double", (now) => new Variant({ dataType: DataType.Double, value: made_g(now) / 1e6 })],
    "Heats.Head": ["UInt32", (now) => new Variant({ dataType: DataType.UInt32, value: head(now) })],
    "Heats.Sequence": ["UInt32", (now) => array(DataType.UInt32, Uint32Array.from(slots(now, (sequence) => sequence)))],
    "Heats.Key": ["String", (now) => array(DataType.String, slots(now, (sequence) => (sequence ? `H${sequence}` : "")))],
    "Heats.Tonnes": ["Double", (now) =>
        array(DataType.Double, Float64Array.from(slots(now, (sequence) => (sequence ? event_kg(sequence) / 1000 : 0))))],
    "Heats.End": ["DateTime", (now) =>
        array(DataType.DateTime, slots(now, (sequence) => new Date(sequence ? event_end_ms(sequence) : 0)))],
};

function stamped(get) {
    const number = tick();
    // Picoseconds come and go, so that neighbours differ in length.
    const pico = number % 3 ? { sourcePicoseconds: 10 * (number % 500) } : {};
    const stamp = number ? new Date(began_ms + number * TICK_MS) : new Date();
    const clock = new Date();
    return new DataValue({ value: get(number), statusCode: StatusCodes.Good, sourceTimestamp: stamp, serverTimestamp: clock, ...pico });
}

async function main() {
    const certificates = new OPCUACertificateManager({ rootFolder: folder, automaticallyAcceptUnknownCertificate: true });
    const server = new OPCUAServer({
        port: Number(port),
        hostname: "127.0.0.1",
        serverCertificateManager: certificates,
        securityPolicies: [SecurityPolicy.None],
        securityModes: [MessageSecurityMode.None],
        disableDiscovery: true,
        nodeset_filename: [nodesets.standard, path.join(__dirname, "types.xml")],
    });
    await server.initialize();
    const space = server.engine.addressSpace;
    for (let number = 0; number < Number(namespaces_before); number++) space.registerNamespace(`urn:other:${number}`);
    const namespace = space.registerNamespace("urn:works");
    const add = (name) => {
        const [dataType, get] = NODES[name];
        const isArray = name.startsWith("Heats.") && name !== "Heats.Head";
        return namespace.addVariable({
            organizedBy: space.rootFolder.objects,
            browseName: name,
            nodeId: `s=${name}`,
            dataType,
            ...(isArray ? { valueRank: 1, arrayDimensions: [SLOTS] } : {}),
            minimumSamplingInterval: 100,
            value: { timestamped_get: () => stamped(get) },
        });
    };
    const nodes = Object.fromEntries(Object.keys(NODES).map((name) => [name, add(name)]));
    namespace.addVariable({
        organizedBy: space.rootFolder.objects,
        browseName: "Never",
        nodeId: "s=Never",
        dataType: "Double",
        minimumSamplingInterval: 100,
        value: { refreshFunc: () => {} },  // its answer never comes
    });
    const past = namespace.addVariable({
        organizedBy: space.rootFolder.objects,
        browseName: "Past",
        nodeId: "s=Past",
        dataType: "Double",
    });
    space.installHistoricalDataNode(past, { maxOnlineValues: 100000 });
    // Records of the last heats as structures, with structures and arrays in them.
    const types = space.getNamespaceIndex("urn:types");
    const assay = (carbon, name) => space.constructExtensionObject(space.findDataType("AssayType", types), { carbon, name });
    const heat = (number) => space.constructExtensionObject(space.findDataType("HeatType", types), {
        number, key: `H${number}`, weight: 300.5 + number, running: true, grams: [0x200000, 1 + number], end: new Date(1790751600000),
        shares: [0.25, 0.75], assay: assay(4.5, "hot metal"), assays: [assay(0.5, "steel"), assay(0.25, "slag")],
    });
    const held = (name, value) => namespace.addVariable({
        organizedBy: space.rootFolder.objects,
        browseName: name,
        nodeId: `s=${name}`,
        dataType: value.dataType === DataType.ExtensionObject ? space.findDataType("HeatType", types) : "Double",
        ...(value.arrayType ? { valueRank: 1 } : {}),
    }).setValueFromSource(value);
    held("Heat", new Variant({ dataType: DataType.ExtensionObject, value: heat(1) }));
    held("LastHeats", new Variant({ dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: [1, 2, 3].map(heat) }));
    held("Loads", array(DataType.Double, Float64Array.from([1.5, 2.5, 3.5])));
    // The cooling of a furnace: its alarm is low below 15 and low-low below 5.
    space.installAlarmsAndConditionsService();
    const cooling = namespace.addObject({
        organizedBy: space.rootFolder.objects,
        browseName: "BF3.Cooling",
        notifierOf: space.rootFolder.objects.server,
    });
    const flow = namespace.addVariable({
        componentOf: cooling,
        browseName: "BF3.Flow",
        nodeId: "s=Flow",
        dataType: "Double",
        eventSourceOf: cooling,
    });
    const setFlow = (value) => flow.setValueFromSource(new Variant({ dataType: DataType.Double, value }));
    setFlow(40);
    const alarm = namespace.instantiateNonExclusiveLimitAlarm("NonExclusiveLimitAlarmType", {
        browseName: "TuyereCoolingLow",
        conditionName: "Tuyere cooling low",
        conditionOf: cooling,
        conditionSource: flow,
        inputNode: flow,
        lowLowLimit: 5,
        lowLimit: 15,
        highLimit: 1000,
        highHighLimit: 2000,
        optionals: ["ActiveState.TransitionTime"],
    });
    await server.start();

    const say = (words) => process.stdout.write(JSON.stringify(words) + "\n");
    const commands = {
        begin: () => say({ began_ms: (began_ms = Date.now()) }),
        // Its history: a value each second of so many before now.
        past: ([seconds]) => {
            const now = Date.now();
            for (let number = 0; number <= Number(seconds); number++) {
                const value = new Variant({ dataType: DataType.Double, value: 1000 + number / 10 });
                past.setValueFromSource(value, StatusCodes.Good, new Date(now - (Number(seconds) - number) * 1000));
            }
            say({ past: Number(seconds) + 1 });
        },
        replace: ([name]) => {
            space.deleteNode(nodes[name]);
            setTimeout(() => { nodes[name] = add(name); say({ replaced: name }); }, 1000);
        },
        flow: ([value]) => { setFlow(Number(value)); say({ flow: Number(value), active: alarm.activeState.getValue() }); },
        happen: ([count]) => {
            let number = 0;
            // Some at a time, so that it answers others meanwhile.
            const some = () => {
                for (const until = Math.min(number + 100, Number(count)); number < until; number++) {
                    space.rootFolder.objects.server.raiseEvent("BaseEventType", {
                        sourceName: { dataType: "String", value: "BF3.Pumps" },
                        message: { dataType: DataType.LocalizedText, value: { text: `pump ${number} started` } },
                        severity: { dataType: DataType.UInt16, value: 500 },
                    });
                }
                if (number < Number(count)) setTimeout(some, 1); else say({ happened: number });
            };
            some();
        },
        end: () => {
            ended_ms = Date.now();
            const events = Array.from({ length: head(tick()) }, (_, index) => event_kg(index + 1) * 1000);
            say({ belt_g: made_g(tick()), events_g: events });
        },
    };
    readline.createInterface({ input: process.stdin }).on("line", (line) => {
        const [word, ...rest] = line.trim().split(" ");
        commands[word](rest);
    }).on("close", () => process.exit(0));
    say({ listens: Number(port) });
}
main().catch((error) => { console.error(error); process.exit(1); });
