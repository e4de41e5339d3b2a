import Anchoring
import Bytes
import Foundation
import Notary
import OpenSSL
import Testing

/// What must be there when a notary opens, and what it then answers by.
@Suite struct OpeningTests {
    @Test func aMissingVerifierIsToldAtTheStart() throws {
        let office = try Office()
        #expect(throws: NotaryError(.verifierFailed, "")) {
            try office.open { $0.verifierPath = office.folder + "/none" }
        }
    }

    @Test(arguments: ["head -c 5000000 /dev/zero", "exit 1"])
    func aVerifierThatGivesNoReportFails(_ command: String) async throws {
        let office = try Office()
        let path = office.folder + "/verifier"
        let script = Data("#!/bin/sh\n\(command)\n".utf8)
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: script,
            attributes: [.posixPermissions: 0o700]
        )
        #expect(isMade)
        let notary = try office.open { $0.verifierPath = path }
        defer { notary.close() }
        await #expect(throws: NotaryError(.verifierFailed, "")) { try await notary.verification(of: [1]) }
    }

    @Test func rootsThatCannotBeReadAreToldAtTheStart() throws {
        let office = try Office()
        try Data().write(to: URL(filePath: office.folder + "/roots"))
        #expect(throws: NotaryError(.storeFailed, "")) { try office.open() }
    }

    @Test func theAuthoritysTimeNeverGoesBack() async throws {
        let office = try Office()
        let stamped = try await office.whileOpen { notary, caller in
            let registration = try await notary.register("one", for: caller)
            office.clock.advance(seconds: 60)
            _ = try await notary.evidenceFile(of: registration.id, for: caller)
            return try #require(try time(of: notary))
        }
        office.clock.advance(seconds: -3)
        let again = try await office.whileOpen { notary, _ in try time(of: notary) }
        #expect(again == stamped)
        office.clock.advance(seconds: -3)
        try await office.whileOpen { notary, _ in
            let early = try time(of: notary)
            #expect(early == nil, "Beyond the tolerance there is no token.")
            office.clock.advance(seconds: 8)
            #expect(try time(of: notary) == stamped + 2)
            office.clock.advance(seconds: -2)
            #expect(try time(of: notary) == stamped + 2)
            office.clock.advance(seconds: 8000)
            #expect(try time(of: notary) == nil, "A leap ahead is not believed.")
        }
    }

    /// Of a fresh token; `nil` when the authority refuses.
    private func time(of notary: Notary) throws -> Int64? {
        let request = TimestampRequest(imprint: TimestampImprint(of: [1]), nonce: nil)
        let response = notary.timestampResponse(to: try request.der())
        return try UnverifiedTimestamp(response: response).response.token?.genTimeSeconds
    }
}
