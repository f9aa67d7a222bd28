# The program; the libraries, their headers and find_package(albatross) for embedders; packages.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(albatross_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/albatross)
set(albatross_libraries runtime sigv4 http clients state orchestrator sim)
list(TRANSFORM albatross_libraries PREPEND albatross_ OUTPUT_VARIABLE albatross_targets)

if(TARGET albatross)
  install(TARGETS albatross COMPONENT program)
endif()
# Completions and manual pages are printed by the program itself, so they cannot differ from it.
if(TARGET albatross)
  set(albatross_pages ${CMAKE_CURRENT_BINARY_DIR}/pages)
  add_custom_command(OUTPUT ${albatross_pages}/stamp DEPENDS albatross
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tools/make_pages.sh $<TARGET_FILE:albatross> ${albatross_pages}
    COMMAND ${CMAKE_COMMAND} -E touch ${albatross_pages}/stamp VERBATIM)
  add_custom_target(pages ALL DEPENDS ${albatross_pages}/stamp)
  install(DIRECTORY ${albatross_pages}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT program)
  install(FILES ${albatross_pages}/albatross.bash RENAME albatross COMPONENT program
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${albatross_pages}/_albatross COMPONENT program
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
  install(FILES ${albatross_pages}/albatross.fish COMPONENT program
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
install(TARGETS ${albatross_targets} EXPORT albatross COMPONENT library)
install(DIRECTORY include/albatross TYPE INCLUDE COMPONENT library)
install(EXPORT albatross NAMESPACE albatross:: DESTINATION ${albatross_config_dir}
  FILE albatrossTargets.cmake COMPONENT library)
configure_package_config_file(cmake/albatrossConfig.cmake.in albatrossConfig.cmake
  INSTALL_DESTINATION ${albatross_config_dir})
write_basic_package_version_file(albatrossConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/albatrossConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/albatrossConfigVersion.cmake
  DESTINATION ${albatross_config_dir} COMPONENT library)
install(DIRECTORY examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples COMPONENT program)

# What is installed and packaged, and no more: no tests, no benchmarks.
add_custom_target(installable DEPENDS albatross pages ${albatross_targets})

set(CPACK_PACKAGE_NAME albatross)
set(CPACK_PACKAGE_CONTACT "The Albatross maintainers <maintainers@albatross.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
# For embedders: what the library's headers and its CMake package ask for.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
  "libboost1.81-dev, libssl-dev, libpugixml-dev, libyaml-cpp-dev, libsqlite3-dev, cmake, g++")
include(CPack)
