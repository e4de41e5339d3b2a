import Anchoring
import Testing

/// Expects an ``OTSError`` with this code.
func expectOTS(
    _ code: OTSError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> some Any
) {
    let error = #expect(throws: OTSError.self, sourceLocation: location) { _ = try body() }
    #expect(error?.code == code, "\(error.map(String.init(describing:)) ?? "")", sourceLocation: location)
}
