/// Which samples each output of a one-dimensional box filter averages, as the PDQ reference lays them out.
///
/// The filter takes one step per sample, then some more until the window has left the end. Step *t* adds sample *t*,
/// drops sample *t* − `size`, and gives output *t* − `lead`. Every running sum here adds and drops in that order, one
/// single-precision operation each, because the rounding is part of the published result.
///
/// Source: `box1DFloat` and `computeJaroszFilterWindowSize` of the reference.
struct BoxWindow {
    /// Number of samples, and of outputs.
    let sampleCount: Int
    /// Number of samples averaged away from the edges: half of what one of 64 blocks covers, rounded up.
    let size: Int
    /// How many steps the first output comes after the first sample.
    let lead: Int

    init(sampleCount: Int) {
        self.sampleCount = sampleCount
        size = (sampleCount + 2 * BlockPlane.side - 1) / (2 * BlockPlane.side)
        lead = size / 2
    }

    var stepCount: Int { sampleCount + lead }

    /// How many samples the sum holds after step `step`: fewer at both edges.
    func heldCount(atStep step: Int) -> Int {
        min(step + 1, size) - max(0, step + 1 - sampleCount)
    }
}
