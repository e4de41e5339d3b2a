import Hummingbird
import Notary

/// An OpenTimestamps calendar, as stock clients ask it. Off unless the operator opens it.
///
/// Source: python-opentimestamps, `opentimestamps.calendar.RemoteCalendar`.
struct CalendarRoutes: Sendable {
    let notary: Notary

    private static let mediaType = "application/vnd.opentimestamps.v1"

    var routes: [Route] {
        [
            // The stock client says that the digest is a form; real calendars do not look.
            Route(.post, "/digest", .anyone) { call in
                let digest = try await call.body(limitBytes: Notary.calendarDigestLimitBytes)
                var response = Response(
                    bytes: try await notary.calendarPromise(for: digest),
                    mediaType: Self.mediaType
                )
                response.headers[.cacheControl] = "no-store"
                return response
            },
            Route(.get, "/timestamp/{commitment}", .anyone) { call in
                let (bytes, isKnown) = try await notary.calendarTimestamp(of: call.parameters["commitment"] ?? "")
                if let bytes {
                    var response = Response(bytes: bytes, mediaType: Self.mediaType)
                    // A block may be lost to a longer chain, and another take its place.
                    response.headers[.cacheControl] = "public, max-age=60"
                    return response
                }
                // Text, since the stock client shows what it gets to a person.
                let sentence = isKnown ? "Pending confirmation by a block" : "Commitment not found"
                var response = Response(bytes: Array(sentence.utf8), mediaType: "text/plain", status: .notFound)
                response.headers[.cacheControl] = "no-store"
                return response
            },
        ]
    }
}
