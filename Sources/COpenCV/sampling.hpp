#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

namespace cinnabar {

/// Pixels around a corner that its descriptor and direction read: OpenCV's pattern reaches 13 in x and y, 18.4 turned.
constexpr int patch_radius = 19;
constexpr int patch_side = 2 * patch_radius + 1;
/// Bytes from row to row of a patch: a power of two, so that offsets are the same at every level.
constexpr int patch_stride = 64;
constexpr int patch_centre = patch_radius * patch_stride + patch_radius;
constexpr int angle_count = 256;
constexpr int comparison_count = 256;

/// Which pixels of a patch the bits of a descriptor compare.
///
/// OpenCV keeps the pattern of its ORB to itself. It is learnt from its answers, so that descriptors are the library's
/// own while the pyramid is built once for all readings.
class Sampling {
public:
    /// Throws when OpenCV's answers do not show a pattern.
    Sampling();

    /// Offsets from a patch's centre: two for each bit.
    using Offsets = std::array<int16_t, 2 * comparison_count>;

    /// The pattern turned by an angle.
    const Offsets &turned(uint8_t angle) const { return turned_[angle]; }
    /// The same with left and right exchanged.
    const Offsets &turned_mirrored(uint8_t angle) const { return turned_mirrored_[angle]; }

private:
    std::array<Offsets, angle_count> turned_;
    std::array<Offsets, angle_count> turned_mirrored_;
};

/// OpenCV's pattern, upright: two points for each bit.
std::array<cv::Point, 2 * comparison_count> learnt_pattern();

} // namespace cinnabar
