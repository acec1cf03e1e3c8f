// Many Doubles on node-opcua for benchmarks.foreign, new whenever they are read or sampled.
// node load.js PORT FOLDER COUNT; in FOLDER it keeps `url` and `served`, as benchmarks.load_server does.
"use strict";
const fs = require("fs");
const path = require("path");
const { OPCUAServer } = require("node-opcua-server");
const { OPCUACertificateManager } = require("node-opcua-certificate-manager");
const { Variant, DataType } = require("node-opcua-variant");
const { DataValue } = require("node-opcua-data-value");
const { StatusCodes } = require("node-opcua-status-code");
const { SecurityPolicy } = require("node-opcua-secure-channel");
const { MessageSecurityMode } = require("node-opcua-service-secure-channel");
const { getCurrentClock } = require("node-opcua-date-time");

const [port, folder, count] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
// The same as in benchmarks/load_server.py: what a variable held can be computed from its stamp.
const GRID_MS = 50, STEP = 0.01, WRITE_MS = 20;
const AGAIN_MS = 100; // node-opcua asks twice for one read
let served = 0;
const asked_ms = new Float64Array(count);

function read(index) {
    // The stamp that the server gives to a value of its own: to the nanosecond, so most have picoseconds and some not.
    const { timestamp, picoseconds } = getCurrentClock();
    if (timestamp.getTime() - asked_ms[index] > AGAIN_MS) served++;
    asked_ms[index] = timestamp.getTime();
    const value = (Math.floor(timestamp.getTime() / GRID_MS) % 1000) * 0.125 + index * STEP;
    return new DataValue({
        value: new Variant({ dataType: DataType.Double, value }),
        statusCode: StatusCodes.Good,
        sourceTimestamp: timestamp,
        sourcePicoseconds: picoseconds,
        serverTimestamp: timestamp,
        serverPicoseconds: picoseconds,
    });
}

function replace_file(name, text) {
    fs.writeFileSync(path.join(folder, `${name}.new`), text);
    fs.renameSync(path.join(folder, `${name}.new`), path.join(folder, name));
}

async function main() {
    const server = new OPCUAServer({
        port,
        hostname: "127.0.0.1",
        serverCertificateManager: new OPCUACertificateManager({
            rootFolder: path.join(folder, "pki"),
            automaticallyAcceptUnknownCertificate: true,
        }),
        securityPolicies: [SecurityPolicy.None],
        securityModes: [MessageSecurityMode.None],
        disableDiscovery: true,
        serverCapabilities: { maxMonitoredItems: 2 * count, maxMonitoredItemsPerSubscription: 2 * count },
    });
    await server.initialize();
    const namespace = server.engine.addressSpace.registerNamespace("urn:tundish:load");
    const load = namespace.addFolder("ObjectsFolder", { browseName: "Load" });
    for (let index = 0; index < count; index++) {
        const name = `Load.D${String(index).padStart(5, "0")}`;
        namespace.addVariable({
            organizedBy: load,
            browseName: name,
            nodeId: `s=${name}`,
            dataType: "Double",
            minimumSamplingInterval: 100,
            value: { timestamped_get: () => read(index) },
        });
    }
    await server.start();
    replace_file("served", "0");
    replace_file("url", `opc.tcp://127.0.0.1:${port}`);
    let written = 0;
    setInterval(() => {
        if (served !== written) replace_file("served", String((written = served)));
    }, WRITE_MS);
    process.on("SIGTERM", () => process.exit(0));
}
main().catch((error) => { console.error(error); process.exit(1); });
