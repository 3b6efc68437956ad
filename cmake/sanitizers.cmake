# SMPP_SANITIZE=address,undefined: instruments every target; the first finding ends the program.
if(SMPP_SANITIZE)
    add_compile_options(-fsanitize=${SMPP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${SMPP_SANITIZE})
endif()
