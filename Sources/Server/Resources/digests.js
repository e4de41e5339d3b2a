// SHA-256 and SM3 while the bytes stream by.
//
// Written out here because browsers offer their own digests on HTTPS only, not in pieces, and never SM3. Both digests share
// the Merkle-Damgard frame of 64-byte blocks: they differ in their start values and in how one block is mixed in.
// Sources: FIPS 180-4; GB/T 32905-2016.

/** What is read from a file at a time, in bytes: large enough for speed, small enough to keep memory flat. */
export const pieceBytes = 4 * 1024 * 1024;

class BlockDigest {
    constructor(startValues) {
        this.state = Int32Array.from(startValues);
        this.pending = new Uint8Array(64);
        this.pendingCount = 0;
        this.byteCount = 0;
    }

    /** Takes in the next bytes of the message. */
    update(bytes) {
        this.byteCount += bytes.length;
        let offset = 0;
        if (this.pendingCount > 0) {
            offset = Math.min(64 - this.pendingCount, bytes.length);
            this.pending.set(bytes.subarray(0, offset), this.pendingCount);
            this.pendingCount += offset;
            if (this.pendingCount < 64) return this;
            this.mix(this.pending, 0, 64);
            this.pendingCount = 0;
        }
        const end = bytes.length - ((bytes.length - offset) % 64);
        this.mix(bytes, offset, end);
        this.pending.set(bytes.subarray(end));
        this.pendingCount = bytes.length - end;
        return this;
    }

    /** The digest as 64 lower-case hex digits. The value cannot be used afterwards. */
    hex() {
        const bitCount = BigInt(this.byteCount) * 8n;
        const padding = new Uint8Array((this.pendingCount < 56 ? 64 : 128) - this.pendingCount);
        padding[0] = 0x80;
        new DataView(padding.buffer).setBigUint64(padding.length - 8, bitCount);
        this.update(padding);
        return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }
}

const sha256Constants = new Int32Array([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

export class SHA256 extends BlockDigest {
    constructor() {
        super([
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
        ]);
        this.schedule = new Int32Array(64);
    }

    /** Mixes in the whole blocks of `bytes` from `offset` to `end`. */
    mix(bytes, offset, end) {
        const w = this.schedule, k = sha256Constants, state = this.state;
        for (; offset < end; offset += 64) {
            for (let i = 0, at = offset; i < 16; i++, at += 4) {
                w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            }
            for (let i = 16; i < 64; i++) {
                const x = w[i - 15], y = w[i - 2];
                const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
                const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
                w[i] = (((w[i - 16] + small0) | 0) + ((w[i - 7] + small1) | 0)) | 0;
            }
            let a = state[0], b = state[1], c = state[2], d = state[3];
            let e = state[4], f = state[5], g = state[6], h = state[7];
            for (let i = 0; i < 64; i++) {
                const large1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
                const large0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
                const first = (((h + large1) | 0) + ((((g ^ (e & (f ^ g))) + k[i]) | 0) + w[i])) | 0;
                const second = (large0 + ((a & b) | (c & (a | b)))) | 0;
                h = g; g = f; f = e; e = (d + first) | 0;
                d = c; c = b; b = a; a = (first + second) | 0;
            }
            state[0] += a; state[1] += b; state[2] += c; state[3] += d;
            state[4] += e; state[5] += f; state[6] += g; state[7] += h;
        }
    }
}

/** The constant of each round, already rotated left by the round's number. */
const sm3Constants = Int32Array.from({ length: 64 }, (_, i) => {
    const constant = i < 16 ? 0x79cc4519 : 0x7a879d8a;
    return (constant << (i % 32)) | (i % 32 === 0 ? 0 : constant >>> (32 - (i % 32)));
});

export class SM3 extends BlockDigest {
    constructor() {
        super([
            0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
        ]);
        this.schedule = new Int32Array(68);
    }

    /** Mixes in the whole blocks of `bytes` from `offset` to `end`. */
    mix(bytes, offset, end) {
        const w = this.schedule, t = sm3Constants, state = this.state;
        for (; offset < end; offset += 64) {
            for (let i = 0, at = offset; i < 16; i++, at += 4) {
                w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            }
            for (let i = 16; i < 68; i++) {
                const y = w[i - 3], z = w[i - 13];
                const x = w[i - 16] ^ w[i - 9] ^ ((y << 15) | (y >>> 17));
                w[i] = x ^ ((x << 15) | (x >>> 17)) ^ ((x << 23) | (x >>> 9)) ^ ((z << 7) | (z >>> 25)) ^ w[i - 6];
            }
            let a = state[0], b = state[1], c = state[2], d = state[3];
            let e = state[4], f = state[5], g = state[6], h = state[7];
            for (let i = 0; i < 16; i++) {
                const turned = (a << 12) | (a >>> 20);
                const sum = (((turned + e) | 0) + t[i]) | 0;
                const first = (sum << 7) | (sum >>> 25);
                const left = (((a ^ b ^ c) + d) | 0) + (((first ^ turned) + (w[i] ^ w[i + 4])) | 0);
                const right = (((e ^ f ^ g) + h) | 0) + ((first + w[i]) | 0);
                d = c; c = (b << 9) | (b >>> 23); b = a; a = left | 0;
                h = g; g = (f << 19) | (f >>> 13); f = e; e = right ^ ((right << 9) | (right >>> 23)) ^ ((right << 17) | (right >>> 15));
            }
            for (let i = 16; i < 64; i++) {
                const turned = (a << 12) | (a >>> 20);
                const sum = (((turned + e) | 0) + t[i]) | 0;
                const first = (sum << 7) | (sum >>> 25);
                const left = ((((a & b) | (c & (a | b))) + d) | 0) + (((first ^ turned) + (w[i] ^ w[i + 4])) | 0);
                const right = (((g ^ (e & (f ^ g))) + h) | 0) + ((first + w[i]) | 0);
                d = c; c = (b << 9) | (b >>> 23); b = a; a = left | 0;
                h = g; g = (f << 19) | (f >>> 13); f = e; e = right ^ ((right << 9) | (right >>> 23)) ^ ((right << 17) | (right >>> 15));
            }
            state[0] ^= a; state[1] ^= b; state[2] ^= c; state[3] ^= d;
            state[4] ^= e; state[5] ^= f; state[6] ^= g; state[7] ^= h;
        }
    }
}

/**
 * Reads a file once, piece by piece, and digests it.
 *
 * @param {Blob} file What to read. If it changes or vanishes meanwhile, the browser's `NotReadableError` is thrown.
 * @param {(done: number) => void} progress Called after each piece with the bytes read so far.
 * @returns {Promise<{sha256: string, sm3: string, size: number}>} Digests as lower-case hex, size in bytes.
 */
export async function digestsOf(file, progress = () => {}) {
    const sha256 = new SHA256(), sm3 = new SM3();
    for (let offset = 0; offset < file.size; offset += pieceBytes) {
        const piece = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer());
        sha256.update(piece);
        sm3.update(piece);
        progress(offset + piece.length);
    }
    return { sha256: sha256.hex(), sm3: sm3.hex(), size: file.size };
}
