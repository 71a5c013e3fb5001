#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace sim {

/// A piece of work to do once, held without allocation: a move-only callable of at most `capacity` octets. Events are
/// the most frequent objects of a run, which is why they do not use std::function.
class Action {
 public:
  static constexpr std::size_t capacity = 64;

  Action() = default;

  template <class Callable, class = std::enable_if_t<!std::is_same_v<std::decay_t<Callable>, Action>>>
  Action(Callable&& callable) : operations_(&operations_of<std::decay_t<Callable>>) {
    using Stored = std::decay_t<Callable>;
    static_assert(sizeof(Stored) <= capacity, "the captured state of an event is too large: capture a pointer");
    static_assert(alignof(Stored) <= alignof(std::max_align_t));
    static_assert(std::is_nothrow_move_constructible_v<Stored>);
    new (storage_) Stored(std::forward<Callable>(callable));
  }

  Action(Action&& other) noexcept : operations_(std::exchange(other.operations_, nullptr)) {
    if (operations_ != nullptr) operations_->relocate(other.storage_, storage_);
  }

  Action& operator=(Action&& other) noexcept {
    if (this == &other) return *this;
    reset();
    operations_ = std::exchange(other.operations_, nullptr);
    if (operations_ != nullptr) operations_->relocate(other.storage_, storage_);
    return *this;
  }

  Action(const Action&) = delete;
  Action& operator=(const Action&) = delete;
  ~Action() { reset(); }

  /// Does the work; there must be some.
  void operator()() { operations_->call(storage_); }

  explicit operator bool() const { return operations_ != nullptr; }

 private:
  struct Operations {
    void (*call)(void*);
    void (*relocate)(void* from, void* to) noexcept;
    void (*destroy)(void*) noexcept;
  };

  template <class Stored>
  static constexpr Operations operations_of = {
      [](void* stored) { (*static_cast<Stored*>(stored))(); },
      [](void* from, void* to) noexcept {
        new (to) Stored(std::move(*static_cast<Stored*>(from)));
        static_cast<Stored*>(from)->~Stored();
      },
      [](void* stored) noexcept { static_cast<Stored*>(stored)->~Stored(); },
  };

  void reset() {
    if (operations_ != nullptr) std::exchange(operations_, nullptr)->destroy(storage_);
  }

  alignas(std::max_align_t) std::byte storage_[capacity];
  const Operations* operations_ = nullptr;
};

}  // namespace sim
