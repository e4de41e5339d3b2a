import Evidence
import Programs
import Testing

/// `tools/crosscheck` on an evidence file of the sample shop, with whatever stock tools are installed here.
@Suite struct CrosscheckTests {
    private static func crosscheck(_ arguments: [String]) async throws -> ProgramRun {
        try await Executable(path: Repository.path("tools/crosscheck")).run(
            arguments + ["--no-install", "--json", "--verifier", Executable.verifier.path]
        )
    }

    @Test(.enabled(if: Executable.areInstalled("python3", "openssl", "unzip"), "python3, openssl or unzip is missing"))
    func stockToolsAgreeAndNoticeEveryChange() async throws {
        let shop = try await SampleShop.shared.value
        let photo = "teapot.jpg"
        let run = try await Self.crosscheck([try shop.evidencePath(of: photo), SampleShop.path(of: photo)])
        let report = try run.json
        let checks = try #require(report["checks"]?.arrayValue)
        for check in checks {
            #expect(check["status"] != "failed", "\(check)")
            for copy in check["tampered"]?.arrayValue ?? [] { #expect(copy["fails"] == true, "\(check) \(copy)") }
        }
        for tool in ["cinnabar-verify", "unzip -t", "sha256sum", "openssl pkeyutl", "openssl ts -verify"] {
            let own = checks.filter { $0["tool"] == .string(tool) }
            #expect(!own.isEmpty && own.allSatisfy { $0["status"] == "passed" }, "\(tool)")
            #expect(own.allSatisfy { $0["tampered"]?.arrayValue?.isEmpty == false }, "\(tool)")
        }
        #expect([0, 3].contains(run.status), "\(run.errors)")
    }

    @Test(.enabled(if: Executable.areInstalled("python3"), "python3 is missing"))
    func anotherFileIsNoticed() async throws {
        let shop = try await SampleShop.shared.value
        let evidence = try shop.evidencePath(of: "teapot.jpg")
        let run = try await Self.crosscheck([evidence, SampleShop.path(of: "cup.jpg"), "--no-tampering"])
        #expect(run.status == 1, "\(run.errors)")
        let checks = try #require(run.json["checks"]?.arrayValue)
        #expect(checks.contains { $0["tool"] == "sha256sum" && $0["status"] == "failed" })
        #expect(try await Self.crosscheck(["/nowhere.asice"]).status != 0)
    }
}
