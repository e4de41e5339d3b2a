import OpenSSL

extension Notary {
    /// Renews timestamps, or tells what would be.
    ///
    /// - Throws: ``NotaryError`` with code `.invalidRequest`, `.authorityFailed` or `.storeFailed`.
    public func renew(_ order: RenewalOrder) async throws -> RenewalReport {
        guard 0...RenewalOrder.daysLimit ~= order.days else {
            throw NotaryError(.invalidRequest, "Renewals are for 0 to \(RenewalOrder.daysLimit) days ahead.")
        }
        return try await renewer.run(order)
    }
}
