# smpp_warnings(target): the warnings that every target of this project is built with.
function(smpp_warnings target)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion
        -Wold-style-cast -Woverloaded-virtual -Wnull-dereference)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        # -Wshadow of g++ also means types: a variable `pdu` of type smpp::pdu is fine.
        target_compile_options(${target} PRIVATE -Wshadow=local)
        # g++ 12 reports false positives inside its own headers with these two.
        target_compile_options(${target} PRIVATE -Wno-null-dereference -Wno-restrict)
    else()
        target_compile_options(${target} PRIVATE -Wshadow)
    endif()
    if(SMPP_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()
