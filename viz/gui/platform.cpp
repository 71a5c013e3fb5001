#include "viz/gui/platform.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#include <stb_image_write.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "viz/gui/view.h"

namespace viz {

namespace {

constexpr int settling_frames = 3;

Platform* platform_of(GLFWwindow* window) { return static_cast<Platform*>(glfwGetWindowUserPointer(window)); }

engine::Error failure(std::string what) {
  const char* detail = nullptr;
  glfwGetError(&detail);
  if (detail != nullptr) what += std::string(": ") + detail;
  return {engine::Reason::none, std::move(what), 0};
}

}  // namespace

bool has_display() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

engine::Result<std::unique_ptr<Platform>> Platform::open(const Request& request) {
  if (glfwInit() == GLFW_FALSE) return failure("no display can be opened");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, request.visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "tunnelwalk");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "tunnelwalk");
  GLFWwindow* window = glfwCreateWindow(request.width, request.height, request.title.c_str(), nullptr, nullptr);
  if (window == nullptr) {
    engine::Error error = failure("no window with OpenGL 3.3 can be opened");
    glfwTerminate();
    return error;
  }
  glfwMakeContextCurrent(window);
  glfwSwapInterval(request.visible ? 1 : 0);
  std::unique_ptr<Platform> platform(new Platform(window));
  if (request.use_display_scale) {
    float x = 1;
    float y = 1;
    glfwGetWindowContentScale(window, &x, &y);
    platform->display_scale_ = std::clamp(x, 1.0F, 4.0F);
  }
  return platform;
}

Platform::Platform(GLFWwindow* window) : window_(window) {
  glfwSetWindowUserPointer(window, this);
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  ImGui_ImplGlfw_InitForOpenGL(window_, false);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  install_callbacks();
}

Platform::~Platform() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void Platform::install_callbacks() {
  glfwSetKeyCallback(window_, [](GLFWwindow* window, int key, int scancode, int action, int modifiers) {
    Platform* self = platform_of(window);
    self->frames_to_settle_ = settling_frames;
    self->raw_keys_.push_back({key, scancode, action, modifiers});
    if (action != GLFW_RELEASE) self->keys_.push_back({key, modifiers, 0});
  });
  glfwSetCharCallback(window_, [](GLFWwindow* window, unsigned character) {
    Platform* self = platform_of(window);
    self->frames_to_settle_ = settling_frames;
    self->keys_.push_back({0, 0, static_cast<char32_t>(character)});
    ImGui_ImplGlfw_CharCallback(window, character);
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* window, int button, int action, int modifiers) {
    platform_of(window)->frames_to_settle_ = settling_frames;
    ImGui_ImplGlfw_MouseButtonCallback(window, button, action, modifiers);
  });
  glfwSetScrollCallback(window_, [](GLFWwindow* window, double x, double y) {
    platform_of(window)->frames_to_settle_ = settling_frames;
    ImGui_ImplGlfw_ScrollCallback(window, x, y);
  });
  glfwSetCursorPosCallback(
      window_, [](GLFWwindow* window, double, double) { platform_of(window)->frames_to_settle_ = settling_frames; });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* window, int entered) {
    platform_of(window)->frames_to_settle_ = settling_frames;
    ImGui_ImplGlfw_CursorEnterCallback(window, entered);
  });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* window, int focused) {
    platform_of(window)->frames_to_settle_ = settling_frames;
    ImGui_ImplGlfw_WindowFocusCallback(window, focused);
  });
  glfwSetFramebufferSizeCallback(
      window_, [](GLFWwindow* window, int, int) { platform_of(window)->frames_to_settle_ = settling_frames; });
  glfwSetWindowRefreshCallback(window_,
                               [](GLFWwindow* window) { platform_of(window)->frames_to_settle_ = settling_frames; });
}

bool Platform::closing() const { return glfwWindowShouldClose(window_) != 0; }

void Platform::close() { glfwSetWindowShouldClose(window_, GLFW_TRUE); }

void Platform::wait(bool animating, double idle_seconds) {
  if (animating || frames_to_settle_ > 0 || !raw_keys_.empty()) {
    if (frames_to_settle_ > 0) --frames_to_settle_;
    glfwPollEvents();
  } else {
    glfwWaitEventsTimeout(idle_seconds);
  }
}

void Platform::feed_keys() {
  std::vector<int> pressed;
  std::size_t fed = 0;
  for (; fed < raw_keys_.size(); ++fed) {
    const RawKey& event = raw_keys_[fed];
    if (event.action == GLFW_RELEASE && std::find(pressed.begin(), pressed.end(), event.key) != pressed.end()) break;
    if (event.action == GLFW_PRESS) pressed.push_back(event.key);
    ImGui_ImplGlfw_KeyCallback(window_, event.key, event.scancode, event.action, event.modifiers);
  }
  raw_keys_.erase(raw_keys_.begin(), raw_keys_.begin() + static_cast<std::ptrdiff_t>(fed));
}

void Platform::renew_font_texture() {
  // The first frame makes the texture by itself.
  if (!has_drawn_) return;
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Platform::begin_frame() {
  feed_keys();
  has_drawn_ = true;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void Platform::end_frame(std::uint32_t clear) {
  ImGui::Render();
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  glViewport(0, 0, width, height);
  const ImVec4 color = ImGui::ColorConvertU32ToFloat4(clear);
  glClearColor(color.x, color.y, color.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

Picture Platform::read_picture() const {
  Picture picture;
  glfwGetFramebufferSize(window_, &picture.width, &picture.height);
  const std::size_t row = static_cast<std::size_t>(picture.width) * 3;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(picture.height));
  // The front buffer cannot be read back with every driver; the back buffer holds the same until it is swapped.
  glReadBuffer(GL_BACK);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, picture.width, picture.height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
  picture.pixels.reserve(upside_down.size());
  for (std::size_t y = static_cast<std::size_t>(picture.height); y-- > 0;) {
    const auto begin = upside_down.begin() + static_cast<std::ptrdiff_t>(y * row);
    picture.pixels.insert(picture.pixels.end(), begin, begin + static_cast<std::ptrdiff_t>(row));
  }
  return picture;
}

void Platform::present() { glfwSwapBuffers(window_); }

std::vector<KeyPress> Platform::take_keys() { return std::exchange(keys_, {}); }

void Platform::set_title(const std::string& title) { glfwSetWindowTitle(window_, title.c_str()); }

engine::Result<void> write_png(const Picture& picture, const std::string& path) {
  const std::string temporary = path + ".part";
  const int ok =
      stbi_write_png(temporary.c_str(), picture.width, picture.height, 3, picture.pixels.data(), picture.width * 3);
  if (ok != 0 && std::rename(temporary.c_str(), path.c_str()) == 0) return {};
  std::remove(temporary.c_str());
  return engine::Error{engine::Reason::none, path + ": cannot be written", 0};
}

}  // namespace viz
