import Bytes
import Testing

@testable import Fingerprints

/// Against the reference implementations: BLAKE3's `test_vectors.json` (its input is 0, 1, … 250, 0, …), the packages
/// `blake3`, `xxhash` and `iscc-core` of PyPI.
@Suite struct ISCCHashTests {
    @Test(arguments: [
        (0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
        (1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
        (63, "e9bc37a594daad83be9470df7f7b3798297c3d834ce80ba85d6e207627b7db7b"),
        (64, "4eed7141ea4a5cd4b788606bd23f46e212af9cacebacdc7d1f4c6dc7f2511b98"),
        (65, "de1e5fa0be70df6d2be8fffd0e99ceaa8eb6e8c93a63f2d8d1c30ecb6b263dee"),
        (1023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"),
        (1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
        (1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
        (2048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a"),
        (2049, "5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030"),
        (3072, "b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2"),
        (3073, "7124b49501012f81cc7f11ca069ec9226cecb8a2c850cfe644e327d22d3e1cd3"),
        (4096, "015094013f57a5277b59d8475c0501042c0b642e531b0a1c8f58d2163229e969"),
        (4097, "9b4052b38f1c5fc8b1f9ff7ac7b27cd242487b3d890d15c96a1c25b8aa0fb995"),
        (5120, "9cadc15fed8b5d854562b26a9536d9707cadeda9b143978f319ab34230535833"),
        (5121, "628bd2cb2004694adaab7bbd778a25df25c47b9d4155a55f8fbd79f2fe154cff"),
        (8192, "aae792484c8efe4f19e2ca7d371d8c467ffb10748d8a5a1ae579948f718a2a63"),
        (8193, "bab6c09cb8ce8cf459261398d2e7aef35700bf488116ceb94a36d0f5f1b7bc3b"),
        (31744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47"),
        (102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"),
    ]) func blake3(count: Int, digest: String) {
        let bytes = counting(count)
        #expect(Hex.encode(BLAKE3.hash(bytes)) == digest)
        for piece in [1, 1024, 4096, 5000] where count <= 10_000 || piece > 1 {
            var stream = BLAKE3()
            for start in stride(from: 0, to: count, by: piece) {
                stream.update(Array(bytes[start..<min(start + piece, count)]))
            }
            #expect(Hex.encode(stream.digest) == digest, "in pieces of \(piece)")
        }
    }

    @Test(
        arguments: [
            (0, 0x2CC5D05),
            (1, 0xCF65B03E),
            (3, 0x663E9A55),
            (4, 0x80691E66),
            (15, 0x57C01ECE),
            (16, 0xB72837F4),
            (17, 0x7C77ADC2),
            (31, 0xEF24F709),
            (32, 0x830741C1),
            (33, 0xF1E6A545),
            (255, 0xC2A4A4F1),
        ] as [(Int, UInt32)]
    ) func xxh32(count: Int, hash: UInt32) { #expect(XXH32.hash(counting(count)) == hash) }

    @Test(arguments: [
        (100, "ISCC:GADZCGN7W563U76XKCNRN3IRBGZYYEPBYMDRDZM7OATZPG27FNB5ZRA"),
        (256, "ISCC:GADWCJPVYP7IBCWQNXVNC3LZ3H6HMVMOAHFX7Q4CGUHZ5LRCEUCJG6A"),
        (257, "ISCC:GADZQ5Y3Q7IHCC2JGONUCAIQIL2RGVJOZ6KOGMY6RQLYZVOQYOT27BA"),
        (1000, "ISCC:GADQHEZ5TG3IAL3ZXMZECJOYIHTKLZRWBRNTQISRYAK5HJLTWPB55VY"),
        (8192, "ISCC:GADU6A72RTITET3YHZVBKFE3KXB2J74GTPZHTFD56CDD7NHWYRI55VI"),
        (100000, "ISCC:GADYSCBOWDBTUPVZLZNV7SNC2YB32E4EC55UPU6ZWAVE43LIY5K7GFA"),
    ]) func dataCodes(count: Int, code: String) {
        let bytes = random(count)
        for piece in [1, 700, 8191, 8192, 1 << 20] {
            var stream = DataCodeStream()
            for start in stride(from: 0, to: count, by: piece) {
                stream.update(Array(bytes[start..<min(start + piece, count)]))
            }
            #expect(stream.unit().code == code, "in pieces of \(piece)")
        }
    }

    /// No byte of it ends a piece, so that all are as long as pieces may be.
    @Test func dataCodeOfZeros() {
        let code = "ISCC:GAD2B5G7ISX2Z4NI6PXVWXE3U7TDSQWYJFZDRS3KVLUG4ZJLMTX5XAY"
        for piece in [999, 50_000] {
            var stream = DataCodeStream()
            for start in stride(from: 0, to: 50_000, by: piece) {
                stream.update([UInt8](repeating: 0, count: min(piece, 50_000 - start)))
            }
            #expect(stream.unit().code == code)
        }
    }

    /// One byte more at the front moves all others, and changes one piece of a hundred.
    @Test func dataCodesStayClose() {
        var stream = DataCodeStream()
        stream.update([7] + random(100_000))
        var unmoved = DataCodeStream()
        unmoved.update(random(100_000))
        let pairs = zip(stream.unit().digest, unmoved.unit().digest)
        #expect(pairs.reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount } < 16)
    }

    private func counting(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

    private func random(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }
}
