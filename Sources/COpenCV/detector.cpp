#include "detector.hpp"
#include "sampling.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

namespace cinnabar {

namespace {

constexpr double level_factor = 1.2;
/// Brightness steps by which a ring must differ from its corner. The first is OpenCV's own; a level that gives too few
/// corners with it, such as a product before white, is searched again with the next. Below the last is JPEG's noise.
constexpr int thresholds[] = {20, 10, 5};
/// Corners are looked for until there are so many times those wanted, so that there is a choice.
constexpr size_t choice = 2;
/// A cell of the grid that spreads corners has room for about so many of those wanted.
constexpr int corners_per_cell = 3;
/// Each further corner of one cell counts as so many times weaker.
constexpr float crowding = 0.4f;
/// Of one cell, only so many are ranked by their exact strength: what bounds the time on noise.
constexpr size_t ranked_per_cell = 24;

/// Harris' measure over 7 × 7 pixels, as OpenCV's ORB has it, without its constant factor.
float harris(const cv::Mat &image, int x, int y) {
    const int step = int(image.step);
    int64_t a = 0, b = 0, c = 0;
    for (int dy = -3; dy <= 3; dy++) {
        const uchar *p = image.ptr<uchar>(y + dy) + x - 3;
        int ra = 0, rb = 0, rc = 0;
        for (int dx = 0; dx < 7; dx++, p++) {
            const int right = p[1 - step] + 2 * p[1] + p[1 + step], left = p[-1 - step] + 2 * p[-1] + p[-1 + step];
            const int below = p[step - 1] + 2 * p[step] + p[step + 1], above = p[-step - 1] + 2 * p[-step] + p[-step + 1];
            const int ix = right - left, iy = below - above;
            ra += ix * ix, rb += iy * iy, rc += ix * iy;
        }
        a += ra, b += rb, c += rc;
    }
    const float fa = float(a), fb = float(b), fc = float(c);
    return fa * fb - fc * fc - 0.04f * (fa + fb) * (fa + fb);
}

/// What FAST finds where a whole patch fits.
std::vector<cv::KeyPoint> found(const cv::Mat &image, size_t wanted) {
    // FAST looks 3 pixels around; a corner at its own edge is suppressed against nothing beyond.
    const int margin = patch_radius - 3;
    const cv::Mat inner = image(cv::Rect(margin, margin, image.cols - 2 * margin, image.rows - 2 * margin));
    std::vector<cv::KeyPoint> found;
    for (int threshold : thresholds) {
        cv::FAST(inner, found, threshold, true);
        if (found.size() >= wanted * choice) break;
    }
    for (auto &point : found) point.pt += cv::Point2f(float(margin), float(margin));
    return found;
}

/// The level's corners, at most `wanted`, best first.
std::vector<Corner> chosen(const cv::Mat &image, int level, size_t wanted) {
    auto points = found(image, wanted);
    // Square cells, as many as hold the wanted corners.
    const double cells = std::max(1.0, double(wanted) / corners_per_cell);
    const int side = std::max(1, int(std::sqrt(double(image.cols) * image.rows / cells)));
    const int columns = (image.cols + side - 1) / side, rows = (image.rows + side - 1) / side;
    std::vector<std::vector<Corner>> grid(size_t(columns) * size_t(rows));
    for (const auto &point : points) {
        const int x = cvRound(point.pt.x), y = cvRound(point.pt.y);
        grid[size_t(y / side * columns + x / side)].push_back({x, y, level, point.response});
    }
    const auto stronger = [](const Corner &left, const Corner &right) {
        if (left.strength != right.strength) return left.strength > right.strength;
        return left.y != right.y ? left.y < right.y : left.x < right.x;
    };
    std::vector<Corner> all;
    for (auto &cell : grid) {
        if (cell.size() > ranked_per_cell) {
            std::nth_element(cell.begin(), cell.begin() + ranked_per_cell, cell.end(), stronger);
            cell.resize(ranked_per_cell);
        }
        for (auto &corner : cell) corner.strength = harris(image, corner.x, corner.y);
        std::sort(cell.begin(), cell.end(), stronger);
        float share = 1;
        for (auto &corner : cell) {
            if (corner.strength <= 0) break;
            corner.strength *= share;
            share *= crowding;
            all.push_back(corner);
        }
    }
    const auto end = all.begin() + std::ptrdiff_t(std::min(wanted, all.size()));
    std::partial_sort(all.begin(), end, all.end(), stronger);
    all.erase(end, all.end());
    return all;
}

} // namespace

std::vector<cv::Mat> pyramid(const cv::Mat &frame, int levels) {
    std::vector<cv::Mat> pyramid;
    double factor = 1;
    for (int level = 0; level < levels; level++, factor *= level_factor) {
        const cv::Size size(cvRound(frame.cols / factor), cvRound(frame.rows / factor));
        if (std::min(size.width, size.height) < patch_side + 2) break;
        cv::Mat image = frame;
        if (level > 0) cv::resize(pyramid.back(), image = cv::Mat(), size, 0, 0, cv::INTER_LINEAR_EXACT);
        pyramid.push_back(image);
    }
    return pyramid;
}

std::vector<Corner> corners(const std::vector<cv::Mat> &pyramid, int limit) {
    double shares = 0;
    for (size_t level = 0; level < pyramid.size(); level++) shares += std::pow(level_factor, -double(level));
    std::vector<std::pair<double, Corner>> ordered;
    size_t left = size_t(limit);
    // From the smallest level, so that what it has too few of goes to the larger.
    for (size_t level = pyramid.size(); level-- > 0;) {
        const double share = std::pow(level_factor, -double(level));
        const auto wanted = size_t(std::lround(double(left) * share / shares));
        shares -= share;
        const auto best = chosen(pyramid[level], int(level), wanted);
        for (size_t rank = 0; rank < best.size(); rank++)
            ordered.emplace_back((double(rank) + 0.5) / double(best.size()), best[rank]);
        left -= best.size();
    }
    std::sort(ordered.begin(), ordered.end(), [](const auto &left, const auto &right) {
        return left.first != right.first ? left.first < right.first : left.second.level < right.second.level;
    });
    std::vector<Corner> corners;
    for (auto &[place, corner] : ordered) corners.push_back(corner);
    return corners;
}

} // namespace cinnabar
