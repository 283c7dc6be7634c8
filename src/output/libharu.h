/* SPDX-License-Identifier: Apache-2.0 */
/* What is called of libharu, to draw PDF. */
#ifndef DEFRAY_LIBHARU_H
#define DEFRAY_LIBHARU_H

#include "defray/library.h"

#include <hpdf.h>

#define LIBHARU_CALLS(CALL)           \
    CALL(HPDF_AddPage)                \
    CALL(HPDF_CreateOutline)          \
    CALL(HPDF_Font_GetUnicodeWidth)   \
    CALL(HPDF_Free)                   \
    CALL(HPDF_GetEncoder)             \
    CALL(HPDF_GetFont)                \
    CALL(HPDF_GetFontDef)             \
    CALL(HPDF_GetStreamSize)          \
    CALL(HPDF_LoadTTFontFromFile)     \
    CALL(HPDF_New)                    \
    CALL(HPDF_Outline_SetDestination) \
    CALL(HPDF_Page_BeginText)         \
    CALL(HPDF_Page_ClosePath)         \
    CALL(HPDF_Page_CreateDestination) \
    CALL(HPDF_Page_EndText)           \
    CALL(HPDF_Page_Fill)              \
    CALL(HPDF_Page_LineTo)            \
    CALL(HPDF_Page_MoveTo)            \
    CALL(HPDF_Page_Rectangle)         \
    CALL(HPDF_Page_SetFontAndSize)    \
    CALL(HPDF_Page_SetHeight)         \
    CALL(HPDF_Page_SetLineWidth)      \
    CALL(HPDF_Page_SetRGBFill)        \
    CALL(HPDF_Page_SetRGBStroke)      \
    CALL(HPDF_Page_SetTextMatrix)     \
    CALL(HPDF_Page_SetWidth)          \
    CALL(HPDF_Page_ShowText)          \
    CALL(HPDF_Page_Stroke)            \
    CALL(HPDF_ReadFromStream)         \
    CALL(HPDF_ResetStream)            \
    CALL(HPDF_SaveToStream)           \
    CALL(HPDF_SetCompressionMode)     \
    CALL(HPDF_SetCurrentEncoder)      \
    CALL(HPDF_SetInfoAttr)            \
    CALL(HPDF_SetInfoDateAttr)        \
    CALL(HPDF_TTFontDef_GetGlyphid)   \
    CALL(HPDF_UseUTFEncodings)

LIBRARY_DECLARE(hpdf, LIBHARU_CALLS);

#endif
