extension HTTPMetrics.Snapshot {
    var families: [MetricFamily] {
        [
            MetricFamily(
                name: "cinnabar_http_requests_total",
                help: "Requests answered, by route, method and status.",
                kind: .counter,
                samples: requestSamples
            ),
            MetricFamily(
                name: "cinnabar_http_requests_in_flight",
                help: "Requests being answered.",
                kind: .gauge,
                samples: [.init(value: Double(inFlight))]
            ),
            MetricFamily(
                name: "cinnabar_http_received_bytes_total",
                help: "Bytes of request bodies read.",
                kind: .counter,
                samples: [.init(value: Double(receivedBytes))]
            ),
            MetricFamily(
                name: "cinnabar_http_request_duration_seconds",
                help: "From a request's head to its answer being ready, by route.",
                kind: .histogram,
                samples: durations.sorted { $0.key < $1.key }.flatMap { $0.value.samples(route: $0.key) }
            ),
        ]
    }

    private var requestSamples: [MetricFamily.Sample] {
        let sorted = requests.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        return sorted.map { key, count in
            .init(
                labels: [("route", key.route), ("method", key.method), ("status", String(key.status))],
                value: Double(count)
            )
        }
    }
}

extension HTTPMetrics.Histogram {
    /// Cumulative buckets, sum and count, as the exposition format wants them.
    func samples(route: String) -> [MetricFamily.Sample] {
        let bounds = HTTPMetrics.bucketBounds.map { MetricFamily.number($0) } + ["+Inf"]
        var total = 0
        var samples = zip(bounds, counts).map { bound, count in
            total += count
            return MetricFamily.Sample(
                suffix: "_bucket",
                labels: [("route", route), ("le", bound)],
                value: Double(total)
            )
        }
        samples.append(.init(suffix: "_sum", labels: [("route", route)], value: sumSeconds))
        samples.append(.init(suffix: "_count", labels: [("route", route)], value: Double(total)))
        return samples
    }
}
