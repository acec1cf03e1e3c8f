// An edge node on Eclipse Tahu's client with one device, driven by lines on standard input; see ../README.md.
"use strict";
const readline = require("readline");
const sparkplug = require("sparkplug-client");

const client = sparkplug.newClient({
    serverUrl: `mqtt://127.0.0.1:${process.argv[2]}`, username: "", password: "", groupId: "mine", edgeNode: "belts",
    clientId: "edge", version: "spBv1.0", keepalive: 2,
});
let total_kg = 9007199254740993n, births = 0;
const Long = require("long");
const total = () => Long.fromString(total_kg.toString(), true);

function bear() {
    births += 1;
    client.publishNodeBirth({ timestamp: Date.now(), metrics: [{ name: "Node Control/Rebirth", type: "Boolean", value: false }] });
    client.publishDeviceBirth("scale", {
        timestamp: Date.now(),
        metrics: [
            { name: "Scale/Total", alias: 10 + births, type: "UInt64", value: total(), properties: { engUnit: { type: "String", value: "kg" } } },
            { name: "Scale/Rate", alias: 20 + births, type: "Float", value: 600 },
        ],
    });
}
function say(answer) { process.stdout.write(`${JSON.stringify(answer)}\n`); }

client.on("birth", () => { bear(); say({ born: births }); });
client.on("ncmd", (payload) => { if (payload.metrics.some((metric) => metric.name === "Node Control/Rebirth")) bear(); });
client.on("error", (error) => say({ error: String(error) }));
readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const [word, number] = line.split(" ");
    if (word === "grow") {
        total_kg += BigInt(number);
        client.publishDeviceData("scale", { timestamp: Date.now(), metrics: [{ alias: 10 + births, type: "UInt64", value: total() }] });
    } else if (word === "skip") {
        total_kg += BigInt(number);
        client.seq = client.seq === 256 ? 1 : client.seq + 1; // a message that never arrives
    } else if (word === "dead") {
        client.publishDeviceDeath("scale", { timestamp: Date.now(), metrics: [] });
    }
    say({ said: line, total_kg: total_kg.toString() });
}).on("close", () => process.exit(0));
