import Evidence
import Programs
import Testing

/// A shop that has registered all samples and exported all evidence, made once for all tests. Nobody changes it.
struct SampleShop: Sendable {
    static let shared = Task { try await SampleShop() }

    static let contracts = ["supply-contract-zh.pdf", "photo-licence-ko.docx", "consignment-agreement-en.txt"]
    static let photoCount = 14

    let office: DataFolder
    /// Registrations as JSON, by file name.
    let registrations: [String: JSONValue]

    private init() async throws {
        office = try await DataFolder()
        var registrations: [String: JSONValue] = [:]
        let imported = try await office.cinnabar("import", Repository.path("Samples/photos"))
        try #require(imported.status == 0, "\(imported.output)\(imported.errors)")
        for line in try imported.jsonLines {
            guard let member = line["member"]?.stringValue, let registration = line["registration"] else { continue }
            registrations[String(member.split(separator: "/").last ?? "")] = registration
        }
        let paths = Self.contracts.map { Repository.path("Samples/contracts/\($0)") }
        let registered = try await office.cinnabar(["register"] + paths)
        try #require(registered.status == 0, "\(registered.output)\(registered.errors)")
        for (name, item) in zip(Self.contracts, try registered.json["registrations"]?.arrayValue ?? []) {
            registrations[name] = item["registration"]
        }
        let ids = registrations.values.compactMap { $0["id"]?.stringValue }
        let exported = try await office.cinnabar(["export"] + ids + ["-o", office.scratch["proofs"]])
        try #require(exported.status == 0, "\(exported.errors)")
        self.registrations = registrations
    }

    func id(of name: String) throws -> String { try #require(registrations[name]?["id"]?.stringValue) }

    /// - Returns: The file that was registered under this id.
    func name(of id: String) throws -> String {
        try #require(registrations.first { $0.value["id"]?.stringValue == id }?.key)
    }

    func evidencePath(of name: String) throws -> String { office.scratch["proofs/\(try id(of: name)).asice"] }

    func evidence(of name: String) throws -> UnpackedEvidence {
        try UnpackedEvidence(Scratch.bytes(at: evidencePath(of: name)))
    }

    static func path(of name: String) -> String {
        Repository.path(contracts.contains(name) ? "Samples/contracts/\(name)" : "Samples/photos/\(name)")
    }
}
