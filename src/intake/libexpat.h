/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What is called of expat, to read the parts of workbooks. */
#ifndef DEFRAY_LIBEXPAT_H
#define DEFRAY_LIBEXPAT_H

#include "defray/library.h"

#include <expat.h>

#define LIBEXPAT_CALLS(CALL)             \
    CALL(XML_GetCurrentByteCount)        \
    CALL(XML_GetCurrentByteIndex)        \
    CALL(XML_Parse)                      \
    CALL(XML_ParserCreate)               \
    CALL(XML_ParserFree)                 \
    CALL(XML_SetCharacterDataHandler)    \
    CALL(XML_SetElementHandler)          \
    CALL(XML_SetStartDoctypeDeclHandler) \
    CALL(XML_SetUserData)                \
    CALL(XML_SetXmlDeclHandler)          \
    CALL(XML_StopParser)

LIBRARY_DECLARE(expat, LIBEXPAT_CALLS);

#endif
