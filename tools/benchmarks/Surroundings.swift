import Foundation

/// What every measurement is given.
struct Surroundings: Sendable {
    /// Where temporary folders are made.
    let scratch: String
    /// Paths of distinct one-megapixel JPEGs.
    let photos: [String]
    /// The folder they lie in, with folders of other sizes inside.
    private let photoFolder: String
    /// The folder of the programs under test, this one among them.
    let programs: String

    init(photoFolder: String, scratch: String) throws {
        self.photoFolder = photoFolder
        photos = try Self.photos(in: photoFolder)
        self.scratch = scratch
        programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    }

    /// How many photos, and how large.
    var description: String {
        get throws {
            let bytes = try photos.reduce(0) { sum, path in
                sum + (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
            }
            return "\(photos.count), \(bytes / max(1, photos.count) / 1000) kB each"
        }
    }

    /// All photos of another size: a folder that `tools/bench` made.
    func photos(ofSize name: String) throws -> [String] { try Self.photos(in: "\(photoFolder)/\(name)") }

    private static func photos(in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return names.filter { $0.hasSuffix(".jpg") }.sorted().map { "\(folder)/\($0)" }
    }

    func photos(_ count: Int) throws -> ArraySlice<String> {
        guard photos.count >= count else {
            throw BenchmarkError("\(count) photos are needed, and there are \(photos.count).")
        }
        return photos.prefix(count)
    }
}

/// - Throws: What the system says when the file cannot be read.
func contents(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// - Returns: What `work` gave, and how many seconds it took.
func timed<Result>(_ work: () async throws -> Result) async rethrows -> (result: Result, seconds: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try await work()
    return (result, (clock.now - start) / .seconds(1))
}
