#include "COpenCV.h"
#include "detector.hpp"
#include "sampling.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <opencv2/core/ocl.hpp>
#include <opencv2/imgproc.hpp>

namespace cinnabar {

namespace {

/// Made once, before the first picture.
std::unique_ptr<const Sampling> sampling;

constexpr int direction_radius = 15;

/// Half the width of the disc of radius 15 in each of its rows from the middle on.
struct Disc {
    std::array<int, direction_radius + 1> half{};
    Disc() {
        for (int row = 0; row <= direction_radius; row++)
            half[size_t(row)] = int(std::sqrt(double(direction_radius * direction_radius - row * row)));
    }
};

/// From the middle to the centre of brightness of the disc around it, in 256ths of a turn.
uint8_t direction(const cv::Mat &image, int x, int y) {
    static const Disc disc;
    int down = 0, right = 0;
    for (int dy = -direction_radius; dy <= direction_radius; dy++) {
        const uchar *row = image.ptr<uchar>(y + dy) + x;
        const int half = disc.half[size_t(std::abs(dy))];
        int sum = 0;
        for (int dx = -half; dx <= half; dx++) {
            sum += row[dx];
            right += dx * row[dx];
        }
        down += dy * sum;
    }
    return uint8_t(cvRound(double(cv::fastAtan2(float(down), float(right))) * angle_count / 360) & 0xFF);
}

using Patch = std::array<uchar, size_t(patch_side) * patch_stride>;

void describe(const Patch &patch, const Sampling::Offsets &offsets, uint8_t *descriptor) {
    const uchar *centre = patch.data() + patch_centre;
    const int16_t *offset = offsets.data();
    for (int byte = 0; byte < 32; byte++) {
        unsigned value = 0;
        for (int bit = 0; bit < 8; bit++, offset += 2) value |= unsigned(centre[offset[0]] < centre[offset[1]]) << bit;
        descriptor[byte] = uint8_t(value);
    }
}

/// The same for the picture with dark and bright exchanged: its direction is opposite, and so is every comparison.
void describe_inverted(const Patch &patch, const Sampling::Offsets &offsets, uint8_t *descriptor) {
    const uchar *centre = patch.data() + patch_centre;
    const int16_t *offset = offsets.data();
    for (int byte = 0; byte < 32; byte++) {
        unsigned value = 0;
        for (int bit = 0; bit < 8; bit++, offset += 2) value |= unsigned(centre[offset[0]] > centre[offset[1]]) << bit;
        descriptor[byte] = uint8_t(value);
    }
}

uint16_t eighths(int position, int level_side, int frame_side) {
    const double pixel = (position + 0.5) * frame_side / level_side - 0.5;
    return uint16_t(std::clamp(cvRound(pixel * 8), 0, 8 * (frame_side - 1)));
}

/// All readings of one corner, from the sharp level for its direction and the blurred one for its descriptor.
void describe(const Corner &corner, const cv::Mat &sharp, const cv::Mat &blurred, cv::Size frame,
              const cinnabar_feature_request &request, cinnabar_feature *features) {
    Patch patch;
    for (int row = 0; row < patch_side; row++) {
        const uchar *from = blurred.ptr<uchar>(corner.y - patch_radius + row) + corner.x - patch_radius;
        std::copy_n(from, patch_side, patch.data() + row * patch_stride);
    }
    const uint8_t angle = direction(sharp, corner.x, corner.y);
    const uint16_t x = eighths(corner.x, sharp.cols, frame.width), y = eighths(corner.y, sharp.rows, frame.height);
    const auto level = uint8_t(corner.level);
    features[0] = {x, y, level, angle, {}};
    describe(patch, sampling->turned(angle), features[0].descriptor);
    if (request.readings > CINNABAR_OPENCV_MIRRORED) {
        auto &mirrored = features[request.feature_limit];
        mirrored = {uint16_t(8 * (frame.width - 1) - x), y, level, uint8_t(angle_count / 2 - angle), {}};
        describe(patch, sampling->turned_mirrored(mirrored.angle), mirrored.descriptor);
    }
    if (request.readings > CINNABAR_OPENCV_INVERTED) {
        auto &inverted = features[2 * request.feature_limit];
        inverted = {x, y, level, uint8_t(angle + angle_count / 2), {}};
        describe_inverted(patch, sampling->turned(inverted.angle), inverted.descriptor);
    }
}

/// Averages squares of a whole number of pixels, then interpolates for the rest, less than half: several times as fast
/// as exact areas, and features are found again as well.
cv::Mat frame_of(const cv::Mat &plane, int long_side) {
    const int side = std::max(plane.cols, plane.rows);
    if (side <= long_side) return plane;
    const cv::Size size(std::max(1, cvRound(double(plane.cols) * long_side / side)),
                        std::max(1, cvRound(double(plane.rows) * long_side / side)));
    const int factor = std::min({side / long_side, plane.cols, plane.rows});
    cv::Mat averaged = plane, frame;
    if (factor > 1) {
        // Whole squares only: up to factor - 1 pixels at the right and bottom edge are left out.
        const cv::Size whole(plane.cols / factor, plane.rows / factor);
        cv::resize(plane(cv::Rect(cv::Point(), whole * factor)), averaged = cv::Mat(), whole, 0, 0, cv::INTER_AREA);
    }
    cv::resize(averaged, frame, size, 0, 0, cv::INTER_LINEAR);
    return frame;
}

/// Runs what may throw.
template <typename Work> int32_t guarded(const Work &work) noexcept {
    try {
        work();
        return CINNABAR_OPENCV_OK;
    } catch (const std::bad_alloc &) {
        return CINNABAR_OPENCV_OUT_OF_MEMORY;
    } catch (const cv::Exception &error) {
        return error.code == cv::Error::StsNoMem ? CINNABAR_OPENCV_OUT_OF_MEMORY : CINNABAR_OPENCV_FAILED;
    } catch (...) {
        return CINNABAR_OPENCV_FAILED;
    }
}

/// The caller's bytes as OpenCV's matrix, without a copy. They are only read.
cv::Mat matrix(const uint8_t *plane, int32_t width, int32_t height) {
    return cv::Mat(height, width, CV_8UC1, const_cast<uint8_t *>(plane));
}

} // namespace

} // namespace cinnabar

using namespace cinnabar;

const char *cinnabar_opencv_version(void) {
    static const std::string version = cv::getVersionString();
    return version.c_str();
}

int32_t cinnabar_opencv_start(void) {
    return guarded([] {
        cv::setNumThreads(0);
        cv::ocl::setUseOpenCL(false);
        // It would write to the terminal; the exception says as much.
        cv::redirectError([](int, const char *, const char *, const char *, int, void *) { return 0; });
        sampling = std::make_unique<const Sampling>();
    });
}

int32_t cinnabar_opencv_features(const uint8_t *plane, int32_t width, int32_t height,
                                 const cinnabar_feature_request *request, cinnabar_feature *features, int32_t *count,
                                 int32_t *frame_width, int32_t *frame_height) {
    return guarded([&] {
        const cv::Mat frame = frame_of(matrix(plane, width, height), request->long_side);
        const auto levels = pyramid(frame, request->levels);
        const auto found = corners(levels, request->feature_limit);
        std::vector<cv::Mat> blurred(levels.size());
        for (size_t level = 0; level < levels.size(); level++)
            cv::GaussianBlur(levels[level], blurred[level], cv::Size(7, 7), 2, 2, cv::BORDER_REFLECT_101);
        for (size_t index = 0; index < found.size(); index++) {
            const auto level = size_t(found[index].level);
            describe(found[index], levels[level], blurred[level], frame.size(), *request, features + index);
        }
        *count = int32_t(found.size());
        *frame_width = frame.cols;
        *frame_height = frame.rows;
    });
}

int32_t cinnabar_opencv_shrink(const uint8_t *plane, int32_t width, int32_t height, uint8_t *thumbnail,
                               int32_t thumbnail_width, int32_t thumbnail_height) {
    return guarded([&] {
        cv::Mat shrunk = matrix(thumbnail, thumbnail_width, thumbnail_height);
        cv::Mat source = matrix(plane, width, height);
        // Halving is quick, exact areas are not; an odd row or column at the edge is left out.
        while (source.cols >= 4 * thumbnail_width && source.rows >= 4 * thumbnail_height) {
            const cv::Size half(source.cols / 2, source.rows / 2);
            cv::Mat halved;
            cv::resize(source(cv::Rect(cv::Point(), half * 2)), halved, half, 0, 0, cv::INTER_AREA);
            source = halved;
        }
        cv::resize(source, shrunk, shrunk.size(), 0, 0, cv::INTER_AREA);
        if (shrunk.data != thumbnail) CV_Error(cv::Error::StsError, "the thumbnail is of another size");
    });
}
