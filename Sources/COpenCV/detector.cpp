#include "detector.hpp"
#include "sampling.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

namespace cinnabar {

namespace {

constexpr double level_factor = 1.2;
/// Brightness steps by which a ring must differ from its corner. A cell that has too few corners with the first,
/// such as one of a pale product, is searched again with the next. Below the last is JPEG's noise.
constexpr int thresholds[] = {30, 10, 5};
/// A cell of the grid that spreads corners has room for about so many of those wanted.
constexpr int corners_per_cell = 3;
/// Each further corner of one cell counts as so much weaker in contrast: real photos lost nothing by it, and text or
/// strong texture in one place no longer takes all.
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
            const int below = p[step - 1] + 2 * p[step] + p[step + 1];
            const int above = p[-step - 1] + 2 * p[-step] + p[-step + 1];
            const int ix = right - left, iy = below - above;
            ra += ix * ix, rb += iy * iy, rc += ix * iy;
        }
        a += ra, b += rb, c += rc;
    }
    const float fa = float(a), fb = float(b), fc = float(c);
    return fa * fb - fc * fc - 0.04f * (fa + fb) * (fa + fb);
}

bool stronger(const Corner &left, const Corner &right) {
    if (left.strength != right.strength) return left.strength > right.strength;
    return left.y != right.y ? left.y < right.y : left.x < right.x;
}

/// The corners of one level by the cell of an even grid that they lie in.
class Grid {
public:
    Grid(const cv::Mat &image, int level, size_t wanted) : image_(image), level_(level) {
        const double cells = std::max(1.0, double(wanted) / corners_per_cell);
        const double side = std::sqrt(double(image.cols) * image.rows / cells);
        columns_ = std::max(1, cvRound(image.cols / side));
        rows_ = std::max(1, cvRound(image.rows / side));
        cells_.resize(size_t(columns_) * size_t(rows_));
        add(cv::Rect(0, 0, image.cols, image.rows), thresholds[0]);
        for (int row = 0; row < rows_; row++)
            for (int column = 0; column < columns_; column++) search_again(column, row);
    }

    /// At most `wanted`, best first.
    std::vector<Corner> best(size_t wanted) {
        std::vector<Corner> all;
        for (auto &cell : cells_) {
            if (cell.size() > ranked_per_cell) {
                std::nth_element(cell.begin(), cell.begin() + ranked_per_cell, cell.end(), stronger);
                cell.resize(ranked_per_cell);
            }
            for (auto &corner : cell) corner.strength = harris(image_, corner.x, corner.y);
            std::sort(cell.begin(), cell.end(), stronger);
            float share = 1;
            for (auto &corner : cell) {
                if (corner.strength <= 0) break;
                // Harris' measure grows with the fourth power of contrast.
                corner.strength = std::sqrt(std::sqrt(corner.strength)) * share;
                share *= crowding;
                all.push_back(corner);
            }
        }
        const auto end = all.begin() + std::ptrdiff_t(std::min(wanted, all.size()));
        std::partial_sort(all.begin(), end, all.end(), stronger);
        all.erase(end, all.end());
        return all;
    }

private:
    const cv::Mat &image_;
    const int level_;
    int columns_, rows_;
    std::vector<std::vector<Corner>> cells_;

    static int edge(int index, int count, int length) { return int(int64_t(index) * length / count); }

    void search_again(int column, int row) {
        const cv::Point from(edge(column, columns_, image_.cols), edge(row, rows_, image_.rows));
        const cv::Point to(edge(column + 1, columns_, image_.cols), edge(row + 1, rows_, image_.rows));
        auto &cell = cells_[size_t(row * columns_ + column)];
        for (size_t index = 1; index < std::size(thresholds) && cell.size() < corners_per_cell; index++) {
            cell.clear();
            add(cv::Rect(from, to), thresholds[index]);
        }
    }

    /// What FAST finds in a part of the level, where a whole patch fits around it.
    void add(cv::Rect part, int threshold) {
        const int margin = patch_radius;
        part &= cv::Rect(margin, margin, image_.cols - 2 * margin, image_.rows - 2 * margin);
        if (part.empty()) return;
        // FAST looks 3 pixels around.
        const cv::Rect seen(part.x - 3, part.y - 3, part.width + 6, part.height + 6);
        std::vector<cv::KeyPoint> found;
        cv::FAST(image_(seen), found, threshold, true);
        for (const auto &point : found) {
            const int x = seen.x + cvRound(point.pt.x), y = seen.y + cvRound(point.pt.y);
            cell(x, y).push_back({x, y, level_, point.response});
        }
    }

    std::vector<Corner> &cell(int x, int y) {
        // The inverse of `edge`: the last index whose edge is not past the pixel.
        const auto index = [](int position, int count, int length) {
            return int(((int64_t(position) + 1) * count - 1) / length);
        };
        return cells_[size_t(index(y, rows_, image_.rows) * columns_ + index(x, columns_, image_.cols))];
    }
};

} // namespace

std::vector<cv::Mat> pyramid(const cv::Mat &frame, int levels) {
    std::vector<cv::Mat> pyramid;
    double factor = 1;
    for (int level = 0; level < levels; level++, factor *= level_factor) {
        const cv::Size size(cvRound(frame.cols / factor), cvRound(frame.rows / factor));
        if (std::min(size.width, size.height) < patch_side + 2) break;
        cv::Mat image = frame;
        if (level > 0) cv::resize(pyramid.back(), image = cv::Mat(), size, 0, 0, cv::INTER_LINEAR);
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
        const auto best = Grid(pyramid[level], int(level), wanted).best(wanted);
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
