# SMPP_SANITIZE=address,undefined: instruments every target; the first finding ends the program.
if(SMPP_SANITIZE)
    add_compile_options(-fsanitize=${SMPP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${SMPP_SANITIZE})
    if(SMPP_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL Clang)
        # clang 14 cannot assemble coroutines with it ("difference across sections").
        add_compile_options(-fno-sanitize=function)
    endif()
endif()
