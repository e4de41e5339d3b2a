import Foundation
import Fingerprints
import MediaDecoding

/// What the tests share: the fixture files, and a pool with the program that was built beside the tests.
enum PoolFixture {
    /// Two children, since the tests run side by side.
    static let pool = Result { () throws(MediaError) in try DecoderPool(children: 2) }

    static func picture(_ bytes: [UInt8]) async throws -> DecodedPicture {
        try await pool.get().picture(from: bytes)
    }

    static func picture(_ name: String) async throws -> DecodedPicture { try await picture(bytes(name)) }

    /// A file of `Vectors/formats`.
    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: Bundle.module.bundleURL.appending(path: "Vectors/formats/\(name)")))
    }

    /// The code with which the bytes are refused; `nil` when they are not.
    static func refusal(_ bytes: [UInt8], _ pool: DecoderPool? = nil) async throws -> MediaError.Code? {
        do {
            _ = try await (pool ?? Self.pool.get()).picture(from: bytes)
            return nil
        } catch let error as MediaError {
            return error.code
        }
    }

    /// The largest and the mean difference of two planes of one size; `nil` when the sizes differ.
    static func difference(_ left: DecodedPicture, _ right: DecodedPicture) -> (largest: Int, mean: Double)? {
        guard left.luma.width == right.luma.width, left.luma.height == right.luma.height else { return nil }
        let differences = zip(left.luma.pixels, right.luma.pixels).map { abs(Int($0) - Int($1)) }
        return (differences.max() ?? 0, Double(differences.reduce(0, +)) / Double(differences.count))
    }
}
