# Benchmarks: built where Google Benchmark is wanted, run by hand or by scripts, not by ctest.
if(TUNNELWALK_BENCHMARKS)
  find_package(benchmark REQUIRED)
  add_executable(bench_model ${CMAKE_CURRENT_LIST_DIR}/model_bench.cpp)
  target_link_libraries(bench_model PRIVATE tunnelwalk_settings viz_model sim_scenario tests_support
                                            benchmark::benchmark_main)
  target_compile_definitions(bench_model PRIVATE TUNNELWALK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endif()
