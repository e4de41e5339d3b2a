#include "sampling.hpp"

#include <cmath>
#include <opencv2/features2d.hpp>
#include <vector>

namespace cinnabar {

namespace {

/// How far the pattern reaches.
constexpr int reach = 15;
/// How far the blur before the comparison carries a dot: half of its 7 pixels.
constexpr int blur = 3;
/// The dot's picture: OpenCV describes nothing within 31 pixels of an edge.
constexpr int probe_side = 2 * (reach + blur + 40) + 1;

/// Of the places of the dot relative to the corner at which a bit was set: the box around them.
struct Box {
    cv::Point least{INT_MAX, INT_MAX}, most{INT_MIN, INT_MIN};

    void add(cv::Point place) {
        least = {std::min(least.x, place.x), std::min(least.y, place.y)};
        most = {std::max(most.x, place.x), std::max(most.y, place.y)};
    }
};

/// Calls ORB for corners at every place around one dot, and gathers for each bit where it was set.
std::array<Box, comparison_count> boxes(uchar ground, uchar dot) {
    cv::Mat picture(probe_side, probe_side, CV_8UC1, cv::Scalar(ground));
    const int middle = probe_side / 2;
    picture.at<uchar>(middle, middle) = dot;
    std::vector<cv::KeyPoint> corners;
    for (int y = -reach - blur; y <= reach + blur; y++)
        for (int x = -reach - blur; x <= reach + blur; x++)
            corners.emplace_back(float(middle - x), float(middle - y), 31.f, 0.f, 1.f, 0);
    cv::Mat descriptors;
    cv::ORB::create(int(corners.size()))->compute(picture, corners, descriptors);
    std::array<Box, comparison_count> boxes;
    for (int row = 0; row < descriptors.rows; row++) {
        const cv::Point place(middle - cvRound(corners[size_t(row)].pt.x), middle - cvRound(corners[size_t(row)].pt.y));
        for (int bit = 0; bit < comparison_count; bit++)
            if (descriptors.at<uchar>(row, bit / 8) >> (bit % 8) & 1) boxes[size_t(bit)].add(place);
    }
    return boxes;
}

/// The blurred dot is seen from `blur` around each of the two points, except where the other is nearer: on the sides
/// away from each other the boxes are whole.
int coordinate(int least, int most, int other_least, int other_most) {
    return most > other_most || (most == other_most && least > other_least) ? most - blur : least + blur;
}

} // namespace

std::array<cv::Point, 2 * comparison_count> learnt_pattern() {
    // A bit says: the first point is darker than the second. So a bright dot sets it near the second, a dark one near
    // the first.
    const auto second = boxes(0, 255), first = boxes(255, 0);
    std::array<cv::Point, 2 * comparison_count> pattern;
    for (size_t bit = 0; bit < comparison_count; bit++) {
        const Box &a = first[bit], &b = second[bit];
        if (a.least.x > a.most.x || b.least.x > b.most.x) CV_Error(cv::Error::StsError, "a bit that is never set");
        pattern[2 * bit] = {coordinate(a.least.x, a.most.x, b.least.x, b.most.x),
                            coordinate(a.least.y, a.most.y, b.least.y, b.most.y)};
        pattern[2 * bit + 1] = {coordinate(b.least.x, b.most.x, a.least.x, a.most.x),
                                coordinate(b.least.y, b.most.y, a.least.y, a.most.y)};
    }
    return pattern;
}

Sampling::Sampling() {
    const auto pattern = learnt_pattern();
    for (int angle = 0; angle < angle_count; angle++) {
        const float radians = float(angle * 2 * CV_PI / angle_count);
        const float a = std::cos(radians), b = std::sin(radians);
        for (size_t index = 0; index < pattern.size(); index++) {
            const float px = float(pattern[index].x), py = float(pattern[index].y);
            const int x = cvRound(px * a - py * b), y = cvRound(px * b + py * a);
            if (std::abs(x) > patch_radius || std::abs(y) > patch_radius)
                CV_Error(cv::Error::StsError, "a pattern larger than its patch");
            turned_[size_t(angle)][index] = int16_t(y * patch_stride + x);
            turned_mirrored_[size_t(angle)][index] = int16_t(y * patch_stride - x);
        }
    }
}

} // namespace cinnabar
