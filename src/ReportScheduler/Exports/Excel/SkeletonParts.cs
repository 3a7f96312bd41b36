using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <param name="Styles">The style part.</param>
/// <param name="Theme">The theme part.</param>
/// <param name="Roles">The cell format of each <see cref="ExcelRole"/>.</param>
internal sealed record SkeletonParts(XDocument Styles, string Theme, int[] Roles);
