import EvidenceStore
import Notary
import Synchronization

/// A real store and a real guard file, of which one write fails: a row of a batch, or a step of the guard.
final class FaultyStorage: Sendable {
    enum Moment: CaseIterable, Sendable {
        /// The write was refused and did nothing.
        case before
        /// The write took effect, and an error was told all the same.
        case after
    }

    private struct State {
        var names: [String] = []
        var fault: (number: Int, moment: Moment)?
        var isArmed = false
    }

    private let state: Mutex<State>

    /// - Parameter number: Which write fails, in order from 0; `nil` lets all pass, to count them.
    init(failing number: Int?, _ moment: Moment = .before) {
        state = Mutex(State(fault: number.map { ($0, moment) }))
    }

    /// The writes that came, by family or step.
    var names: [String] { state.withLock { $0.names } }

    /// From here on writes count.
    func arm() { state.withLock { $0.isArmed = true } }

    func attach(to configuration: inout NotaryConfiguration) {
        let open = configuration.openBackend
        configuration.openBackend = { (folder) throws(StoreError) in FaultyBackend(try open(folder), self) }
        configuration.guardSteps = { (step, body) throws(StoreError) in
            let moment = self.reach("guard \(step.rawValue)")
            if moment == .before { throw Self.failure }
            try body()
            if moment == .after { throw Self.failure }
        }
    }

    /// - Returns: How this write fails; `nil` lets it pass.
    func reach(_ name: String) -> Moment? {
        state.withLock { state in
            guard state.isArmed else { return nil }
            state.names.append(name)
            return state.fault.flatMap { $0.number == state.names.count - 1 ? $0.moment : nil }
        }
    }

    static let failure = StoreError(.io, "Injected.")
}

private final class FaultyBackend: StoreBackend {
    private let real: any StoreBackend
    private let storage: FaultyStorage

    init(_ real: any StoreBackend, _ storage: FaultyStorage) {
        self.real = real
        self.storage = storage
    }

    /// A batch is atomic: whichever of its rows fails, all are written or none.
    func commit(_ batch: WriteBatch, durability: Durability) throws(StoreError) {
        var moment: FaultyStorage.Moment?
        for operation in batch.operations {
            let verb = operation.value == nil ? "delete" : "put"
            moment = storage.reach("\(verb) \(operation.family.rawValue)") ?? moment
        }
        if moment == .before { throw FaultyStorage.failure }
        try real.commit(batch, durability: durability)
        if moment == .after { throw FaultyStorage.failure }
    }

    func value(for key: [UInt8], in family: Family) throws(StoreError) -> [UInt8]? {
        try real.value(for: key, in: family)
    }
    func rows(_ scan: Scan) throws(StoreError) -> [Row] { try real.rows(scan) }
    func snapshot() throws(StoreError) -> any StoreBackend { try real.snapshot() }
    func purge(_ family: Family) throws(StoreError) -> Bool { try real.purge(family) }
    func close() { real.close() }
}
