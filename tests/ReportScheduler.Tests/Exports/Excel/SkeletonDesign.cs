using ClosedXML.Excel;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>Designs the looks of a workbook, one cell per role; what it saves is the embedded Skeleton.xlsx.</summary>
internal static class SkeletonDesign
{
    // Numbers of formats that Excel has built in; LibreOffice knows truth values only under the real General.
    private const int General = 0;
    private const int AsText = 49;

    public static byte[] Save()
    {
        using var workbook = new XLWorkbook();
        var series = Theme.Standard.Light.Series;
        workbook.Theme.Accent1 = Color(series[0]);
        workbook.Theme.Accent2 = Color(series[1]);
        workbook.Theme.Accent3 = Color(series[2]);
        workbook.Theme.Accent4 = Color(series[3]);
        workbook.Theme.Accent5 = Color(series[4]);
        workbook.Theme.Accent6 = Color(series[5]);
        var sheet = workbook.AddWorksheet("Skeleton");
        foreach (var role in Enum.GetValues<ExcelRole>())
        {
            var cell = sheet.Cell((int)role + 1, 1);
            cell.Value = role.ToString();
            Design(cell.Style, role);
        }

        using var saved = new MemoryStream();
        workbook.SaveAs(saved);
        return saved.ToArray();
    }

    private static void Design(IXLStyle style, ExcelRole role)
    {
        style.NumberFormat.NumberFormatId =
            role is ExcelRole.Value or ExcelRole.Total or ExcelRole.Subtotal or ExcelRole.Title or ExcelRole.Subtitle ? General : AsText;
        style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
        if (role is ExcelRole.Text or ExcelRole.WrappedText or ExcelRole.RightText or ExcelRole.Value or ExcelRole.Link)
        {
            style.Border.BottomBorder = XLBorderStyleValues.Thin;
            style.Border.BottomBorderColor = Color(Theme.Standard.Light.Line);
        }

        switch (role)
        {
            case ExcelRole.Text or ExcelRole.WrappedText:
                // Text keeps its distance from numbers to its left.
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
                style.Alignment.Indent = 1;
                style.Alignment.WrapText = role == ExcelRole.WrappedText;
                break;
            case ExcelRole.Link:
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
                style.Alignment.Indent = 1;
                style.Font.FontColor = Color(Theme.Standard.Light.Accent);
                style.Font.Underline = XLFontUnderlineValues.Single;
                break;
            case ExcelRole.RightText:
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Right;
                break;
            case ExcelRole.Header or ExcelRole.RightHeader or ExcelRole.PlainRightHeader:
                style.Font.Bold = true;
                style.Font.FontColor = Color(Theme.Standard.Light.Ink);
                style.Border.BottomBorder = XLBorderStyleValues.Medium;
                style.Border.BottomBorderColor = Color(Theme.Standard.Light.Ink);
                style.Alignment.Vertical = XLAlignmentVerticalValues.Center;
                style.Alignment.Horizontal = role == ExcelRole.Header
                    ? XLAlignmentHorizontalValues.Left
                    : XLAlignmentHorizontalValues.Right;
                // The button of the filter lies over what stands at the right.
                style.Alignment.Indent = role switch { ExcelRole.RightHeader => 2, ExcelRole.PlainRightHeader => 0, _ => 1 };
                break;
            case ExcelRole.Title:
                style.Font.Bold = true;
                style.Font.FontSize = 16;
                style.Font.FontColor = Color(Theme.Standard.Light.Ink);
                break;
            case ExcelRole.Subtitle:
                style.Font.FontColor = Color(Theme.Standard.Light.Muted);
                break;
            case ExcelRole.Total or ExcelRole.TotalLabel:
                style.Alignment.Horizontal = role == ExcelRole.TotalLabel
                    ? XLAlignmentHorizontalValues.Left
                    : XLAlignmentHorizontalValues.General;
                style.Alignment.Indent = role == ExcelRole.TotalLabel ? 1 : 0;
                style.Font.Bold = true;
                style.Border.TopBorder = XLBorderStyleValues.Medium;
                style.Border.TopBorderColor = Color(Theme.Standard.Light.Ink);
                break;
            case ExcelRole.GroupHead or ExcelRole.InnerGroupHead:
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
                style.Alignment.Indent = 1;
                style.Font.Bold = true;
                style.Fill.BackgroundColor = Color(role == ExcelRole.GroupHead ? Theme.Standard.Light.Group : Theme.Standard.Light.Stripe);
                break;
            case ExcelRole.Subtotal or ExcelRole.SubtotalLabel:
                style.Alignment.Horizontal = role == ExcelRole.SubtotalLabel
                    ? XLAlignmentHorizontalValues.Left
                    : XLAlignmentHorizontalValues.General;
                style.Alignment.Indent = role == ExcelRole.SubtotalLabel ? 1 : 0;
                style.Font.Bold = true;
                style.Border.TopBorder = XLBorderStyleValues.Thin;
                style.Border.TopBorderColor = Color(Theme.Standard.Light.Line);
                break;
        }
    }

    private static XLColor Color(Rgb color) => XLColor.FromHtml(color.Hex);
}
