#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"

struct GLFWwindow;

namespace viz {

/// A key press (GLFW key code and modifier bits) or a typed character. One of `key` and `character` is set.
struct KeyPress {
  int key = 0;
  int modifiers = 0;
  char32_t character = 0;
};

/// RGB octets, rows from the top.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

/// The only part that knows GLFW and OpenGL: a window, its events, Dear ImGui's backends. Works under Xvfb with a
/// software renderer and without a window manager.
class Platform {
 public:
  struct Request {
    std::string title;
    int width = 1600;
    int height = 1000;
    bool visible = true;
    bool use_display_scale = true;  ///< false for screenshots, which must be equal on every display.
  };

  /// Error: no display, or no OpenGL 3.3.
  static engine::Result<std::unique_ptr<Platform>> open(const Request& request);
  ~Platform();
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  bool closing() const;
  void close();

  /// Handles events. Returns at once if something happened lately (Dear ImGui wants some frames to settle) or
  /// `animating`; else sleeps until an event comes or `idle_seconds` have passed.
  void wait(bool animating, double idle_seconds);

  /// A new font atlas was built: the texture is made anew.
  void renew_font_texture();

  void begin_frame();
  /// Draws what was told to Dear ImGui on a background of `clear` (0xAABBGGRR).
  void end_frame(std::uint32_t clear);
  /// The picture drawn by end_frame; call it before present().
  Picture read_picture() const;
  void present();

  /// Keys since the last call, in order.
  std::vector<KeyPress> take_keys();

  void set_title(const std::string& title);
  /// How much larger than usual this display wants things; 1 where it does not say.
  float display_scale() const { return display_scale_; }

 private:
  explicit Platform(GLFWwindow* window);
  void install_callbacks();
  void feed_keys();

  /// Key events wait here, so that a press and a release between two frames are both seen by Dear ImGui 1.86, which
  /// looks only at what is held down when a frame begins.
  struct RawKey {
    int key = 0;
    int scancode = 0;
    int action = 0;
    int modifiers = 0;
  };

  GLFWwindow* window_;
  std::vector<RawKey> raw_keys_;
  std::vector<KeyPress> keys_;
  int frames_to_settle_ = 3;
  bool has_drawn_ = false;
  float display_scale_ = 1;
};

/// Writes a PNG beside `path` and renames it. Error: the file cannot be written.
engine::Result<void> write_png(const Picture& picture, const std::string& path);

}  // namespace viz
