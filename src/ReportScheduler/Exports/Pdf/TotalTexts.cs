namespace ReportScheduler.Exports.Pdf;

/// <summary>A line of totals as it is set.</summary>
/// <param name="Texts">Of each column; null where it has none.</param>
/// <param name="Colors">The colours that the number formats give them.</param>
/// <param name="LabelPlace">Which of them is the word for the others; -1 for none.</param>
internal sealed record TotalTexts(string?[] Texts, int[] Colors, int LabelPlace);
