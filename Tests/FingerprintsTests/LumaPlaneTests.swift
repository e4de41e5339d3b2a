import Testing

@testable import Fingerprints

@Suite struct LumaPlaneTests {
    @Test func acceptsTheSmallestPlane() throws {
        let plane = try LumaPlane(width: 5, height: 5, pixels: Array(repeating: 0, count: 25))
        #expect(pdqFingerprint(of: plane).quality == 0)
    }

    @Test(arguments: [(4, 5), (5, 4), (0, 0), (0, 100), (100, 0), (-5, -5), (.min, .min), (-1, 25)])
    func refusesSmallPlanes(width: Int, height: Int) {
        #expect(throws: FingerprintError.planeTooSmall(width: width, height: height)) {
            try LumaPlane(width: width, height: height, pixels: Array(repeating: 0, count: 25))
        }
        #expect(throws: FingerprintError.planeTooSmall(width: width, height: height)) {
            try pdqFingerprint(ofLuma: Array(repeating: 0, count: 25), width: width, height: height)
        }
    }

    @Test(arguments: [(5, 6), (6, 5), (100, 100), (.max, 5), (.max, .max), (1 << 32, 1 << 32)])
    func refusesOtherSizes(width: Int, height: Int) {
        #expect(throws: FingerprintError.sizeMismatch(width: width, height: height, count: 25)) {
            try LumaPlane(width: width, height: height, pixels: Array(repeating: 0, count: 25))
        }
        #expect(throws: FingerprintError.sizeMismatch(width: width, height: height, count: 25)) {
            try pdqFingerprint(ofLuma: Array(repeating: 0, count: 25), width: width, height: height)
        }
    }
}
