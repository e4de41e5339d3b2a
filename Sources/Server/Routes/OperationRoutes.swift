import HTTPTypes
import Hummingbird
import Notary

/// What the operator's machines ask.
struct OperationRoutes: Sendable {
    let notary: Notary
    let metrics: HTTPMetrics

    var health: Route {
        Route(.get, "/healthz", .anyone) { _ in
            let health = await notary.health()
            return Response(json: health.json, status: health.isHealthy ? .ok : .serviceUnavailable)
        }
    }

    var metricsPage: Route {
        Route(.get, "/metrics", .anyone) { _ in
            let families = Self.families(of: notary.metrics()) + metrics.snapshot.families
            let text = families.map(\.text).joined()
            var response = Response(bytes: Array(text.utf8), mediaType: "text/plain; version=0.0.4; charset=utf-8")
            response.headers[.cacheControl] = "no-store"
            return response
        }
    }

    /// The samples of one name must stand together.
    private static func families(of metrics: [Metric]) -> [MetricFamily] {
        var families: [MetricFamily] = []
        for metric in metrics {
            let sample = MetricFamily.Sample(
                labels: metric.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
                value: metric.value
            )
            if let place = families.firstIndex(where: { $0.name == metric.name }) {
                families[place].samples.append(sample)
            } else {
                let kind: MetricFamily.Kind = metric.kind == .counter ? .counter : .gauge
                families.append(MetricFamily(name: metric.name, help: metric.help, kind: kind, samples: [sample]))
            }
        }
        return families
    }
}
