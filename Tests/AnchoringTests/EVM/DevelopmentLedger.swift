import Anchoring
import Bytes
import Foundation
import Spawning
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `tools/devledger` as a child: a real chain of one node, with blocks only when a test wants them.
final class DevelopmentLedger: Sendable {
    static let chainID: UInt64 = 0x7765_6233_7079

    /// One for all tests, which take turns and use accounts of their own: a start takes seconds.
    static let shared = Result { try DevelopmentLedger() }

    let url: String
    private let process: SpawnedProcess

    private static let repository = URL(filePath: #filePath).appending(path: "../../../..").standardized.path

    /// Whether its Python packages are there. They are never fetched by a test: run `tools/devledger install` before.
    static let isInstalled: Bool = {
        let environment = ProcessInfo.processInfo.environment["CINNABAR_DEVLEDGER"]
        return FileManager.default.fileExists(atPath: "\(environment ?? repository + "/.build/devledger")/installed-1")
    }()

    struct NotStarted: Error {}

    init(_ options: [String] = ["--manual"]) throws {
        let output = Pipe()
        process = try SpawnedProcess(
            "/bin/bash",
            ["\(Self.repository)/tools/devledger", "--port", "0", "--with-parent"] + options,
            output: .pipe(output),
            errors: .nothing
        )
        // Its first line is the address.
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            guard let byte = byte.first else { throw NotStarted() }
            line.append(byte)
        }
        url = String(decoding: line, as: UTF8.self).split(separator: " ").first.map(String.init) ?? ""
    }

    deinit { process.kill() }

    /// Plain HTTP, for tests.
    static let exchange: HTTPExchange = { request in
        guard let url = URL(string: request.url) else { throw URLError(.badURL) }
        var outgoing = URLRequest(url: url)
        outgoing.httpMethod = request.method
        outgoing.httpBody = Data(request.body)
        for (name, value) in request.headers { outgoing.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: outgoing)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return IncomingResponse(status: response.statusCode, headers: [:], body: Array(data))
    }

    /// Something that only this chain can do: `evm_mine`, `dev_reorganize`.
    func control(_ method: String, _ parameters: String = "") async throws {
        let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":[\#(parameters)]}"#
        let request = OutgoingRequest(
            url: url,
            method: "POST",
            headers: ["content-type": "application/json"],
            body: Array(body.utf8),
            responseLimitBytes: 1 << 20
        )
        let response = try await Self.exchange(request)
        guard !String(decoding: response.body, as: UTF8.self).contains(#""error""#) else { throw NotStarted() }
    }

    func mine() async throws { try await control("evm_mine") }

    func fund(_ account: EVMAddress) async throws {
        try await control("dev_fund", "\"\(account)\"")
        try await mine()
    }
}
