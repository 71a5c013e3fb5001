#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/ike/observation.h"

namespace engine::ike {

/// Numbers what the observations speak of, and hands them to the observer. Observations are made by callables, so that
/// without an observer nothing is built.
class Reporter {
 public:
  explicit Reporter(Observer* observer) : observer_(observer) {}

  bool watched() const { return observer_ != nullptr; }

  /// Reports what `make()` returns, any alternative of Observation.
  template <class Make>
  void tell(Make&& make) {
    if (observer_ != nullptr) observer_->observe(Observation(std::forward<Make>(make)()));
  }

  MessageId new_message() { return ++messages_; }
  ValueId new_value() { return watched() ? ++values_ : 0; }
  SaId new_sa() { return ++sas_; }
  std::uint32_t new_exchange() { return ++exchanges_; }

 private:
  Observer* observer_;
  MessageId messages_ = 0;
  ValueId values_ = 0;
  SaId sas_ = 0;
  std::uint32_t exchanges_ = 0;
};

}  // namespace engine::ike
