import EvidenceStore
import OpenSSL
import Testing

@testable import Notary

/// Who a token speaks for, remembered until a token is revoked.
struct CallerCacheTests {
    private let caller = Caller(account: AccountID(1), name: "shop", authentication: "api token")

    @Test func aTokenIsLookedUpOnce() {
        let cache = CallerCache()
        var lookUps = 0
        for _ in 0..<3 {
            let found = cache.caller(forToken: "a") {
                lookUps += 1
                return caller
            }
            #expect(found == caller)
        }
        #expect(lookUps == 1)
    }

    @Test func anUnknownTokenIsNotRemembered() {
        let cache = CallerCache()
        #expect(cache.caller(forToken: "a") { nil } == nil)
        #expect(cache.caller(forToken: "a") { caller } == caller)
    }

    @Test func aRevocationCountsAtOnce() {
        let cache = CallerCache()
        _ = cache.caller(forToken: "a") { caller }
        cache.forget()
        #expect(cache.caller(forToken: "a") { nil } == nil)
    }

    /// Found before the revocation, handed in after it.
    @Test func aRevocationDuringALookUpCounts() {
        let cache = CallerCache()
        let found = cache.caller(forToken: "a") {
            cache.forget()
            return caller
        }
        #expect(found == caller)
        #expect(cache.caller(forToken: "a") { nil } == nil)
    }
}
