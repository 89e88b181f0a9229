// Package sheet reads and writes spreadsheets and knows nothing of what they are about.
//
// Reading gives one model for XLSX, XLS, ODS and CSV: cells with the text a person sees, the value that is
// stored, the number format (which carries how precise a date is) and the font (which carries the encoding
// of old Vietnamese text). All four formats are read here, row by row: a sheet of a hundred thousand
// people never stands in memory as a document tree, nothing is calculated, no macro or link is followed.
// Formats that only an office program understands (XLSB, Excel 95) go through headless LibreOffice where it
// is installed.
//
// Writing goes through excelize's stream writer with typed cells: text stays text.
package sheet
