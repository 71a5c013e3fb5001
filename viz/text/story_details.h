#pragma once

#include "viz/text/story.h"
#include "viz/text/story_context.h"

namespace viz {

/// The facts below a step's story, in the order in which they happened; the lesson's beat and question last.
/// `told`: row of the step's notes that the story itself tells (no_index: none); it is left out.
std::vector<StoryDetail> story_details(const StoryContext& context, sim::Index told);

}  // namespace viz
