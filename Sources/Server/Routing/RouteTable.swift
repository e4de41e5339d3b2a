import HTTPTypes

/// All routes of one port, asked in order.
struct RouteTable: Sendable {
    enum Finding: Sendable {
        case found(Route, parameters: [String: String])
        /// The path is known, the method is not; `allowed` is what stands in the Allow header.
        case wrongMethod(allowed: String)
        case unknown
    }

    let routes: [Route]

    /// A HEAD is served by the route of GET.
    func find(_ method: HTTPRequest.Method, _ path: String) -> Finding {
        var allowed: Set<String> = []
        for route in routes {
            guard let parameters = route.path.match(path) else { continue }
            if route.method == method || route.method == .get && method == .head {
                return .found(route, parameters: parameters)
            }
            allowed.insert(route.method.rawValue)
            if route.method == .get { allowed.insert(HTTPRequest.Method.head.rawValue) }
        }
        return allowed.isEmpty ? .unknown : .wrongMethod(allowed: allowed.sorted().joined(separator: ", "))
    }
}
