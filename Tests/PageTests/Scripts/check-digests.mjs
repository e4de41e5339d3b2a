// Runs the page's digests.js outside a browser. Arguments: digests.js, the folder of vectors, one case to run.
// Ends 0 and prints how much was compared, or ends 1 with the first difference.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [, , source, vectors, name] = process.argv;
const digests = await import(`data:text/javascript;base64,${readFileSync(source).toString("base64")}`);
const kinds = { sha256: digests.SHA256, sm3: digests.SM3 };
let compared = 0;

function same(found, expected, what) {
    compared += 1;
    if (found !== expected) {
        console.error(`${what}: expected ${expected}, found ${found}`);
        process.exit(1);
    }
}

/** A small generator with a fixed seed, so that a failure can be repeated. */
let state = 20260318;
function random(below) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
}

function message(vector) {
    return vector.repeat === undefined
        ? Uint8Array.from(Buffer.from(vector.msg_hex, "hex")) : new Uint8Array(vector.count).fill(vector.repeat.charCodeAt(0));
}

function digestInPieces(kind, bytes, largestPiece) {
    const digest = new kinds[kind]();
    for (let offset = 0; offset < bytes.length;) {
        const end = Math.min(bytes.length, offset + random(largestPiece + 1));
        digest.update(bytes.subarray(offset, end));
        offset = end;
    }
    return digest.hex();
}

function checkVectors(kind, path) {
    for (const vector of JSON.parse(readFileSync(`${vectors}/${path}`))) {
        const bytes = message(vector);
        same(new kinds[kind]().update(bytes).hex(), vector[kind], `${kind}, ${vector.source}, ${bytes.length} bytes`);
        same(digestInPieces(kind, bytes, 200), vector[kind], `${kind} in pieces, ${vector.source}, ${bytes.length} bytes`);
    }
}

const cases = {
    "sha256-vectors": () => checkVectors("sha256", "nist/sha256.json"),
    "sm3-vectors": () => checkVectors("sm3", "sm3/sm3.json"),

    // Every length up to four blocks, whole and in pieces, against the library's digests.
    "every-length": () => {
        for (let length = 0; length <= 256; length++) {
            const bytes = Uint8Array.from({ length }, () => random(256));
            for (const kind of ["sha256", "sm3"]) {
                const expected = createHash(kind).update(bytes).digest("hex");
                same(new kinds[kind]().update(bytes).hex(), expected, `${kind} of ${length} bytes`);
                same(digestInPieces(kind, bytes, 70), expected, `${kind} of ${length} bytes in pieces`);
            }
        }
    },

    // Files around the size of a piece, read as the page reads them.
    "files": async () => {
        for (const size of [0, 1, digests.pieceBytes - 1, digests.pieceBytes, digests.pieceBytes + 1, 2 * digests.pieceBytes + 63]) {
            const bytes = new Uint8Array(size).map((_, i) => i * 31 + (i >> 8));
            const reports = [];
            const found = await digests.digestsOf(new Blob([bytes]), (done) => reports.push(done));
            same(found.sha256, createHash("sha256").update(bytes).digest("hex"), `sha256 of a file of ${size} bytes`);
            same(found.sm3, createHash("sm3").update(bytes).digest("hex"), `sm3 of a file of ${size} bytes`);
            same(found.size, size, "size");
            same(reports.at(-1) ?? 0, size, "last progress report");
        }
    },

    // A flipped bit, a byte added and a byte left out must each change both digests.
    "changes": () => {
        const bytes = Uint8Array.from({ length: 150 }, () => random(256));
        for (const kind of ["sha256", "sm3"]) {
            const seen = new Set([new kinds[kind]().update(bytes).hex()]);
            for (let bit = 0; bit < bytes.length * 8; bit++) {
                const changed = bytes.slice();
                changed[bit >> 3] ^= 1 << (bit & 7);
                seen.add(new kinds[kind]().update(changed).hex());
            }
            seen.add(new kinds[kind]().update(bytes).update(new Uint8Array(1)).hex());
            seen.add(new kinds[kind]().update(bytes.subarray(1)).hex());
            same(seen.size, bytes.length * 8 + 3, `different ${kind} digests`);
        }
    },

    // A length of more than 32 bits is put into the padding in full: half a gibibyte of zeros is 2^32 bits. The padding is
    // common to both digests, so the faster one stands for them.
    "long-length": () => {
        const zeros = new Uint8Array(32 * 1024 * 1024);
        const ours = new kinds.sha256(), theirs = createHash("sha256");
        for (let i = 0; i < 16; i++) {
            ours.update(zeros);
            theirs.update(zeros);
        }
        same(ours.update(zeros.subarray(0, 5)).hex(), theirs.update(zeros.subarray(0, 5)).digest("hex"), "past 2^32 bits");
    },
};

if (!cases[name]) {
    console.error(`no case named ${name}`);
    process.exit(1);
}
await cases[name]();
console.log(`${compared} compared`);
