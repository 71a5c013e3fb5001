#pragma once

#include "viz/gui/ui.h"
#include "viz/model/state_view.h"

namespace viz {

/// One ISAKMP SA: cookies, algorithms, lifetime counting down, DPD.
void draw_ike_sa(const Ui& ui, const IkeSaView& sa);

/// One pair of IPsec SAs: SPIs, selectors, lifetime, counters, replay window.
void draw_ipsec_sa(const Ui& ui, const IpsecSaView& sa);

/// The counters of a node.
void draw_counters(const Ui& ui, const sim::NodeCounters& counters);

}  // namespace viz
