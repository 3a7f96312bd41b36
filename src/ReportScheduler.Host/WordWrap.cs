using System.Globalization;

namespace ReportScheduler.Host;

/// <summary>Has the engine break long lines between words.</summary>
internal static class WordWrap
{
    /// <summary>The engine does so only in languages that it knows, and the culture of a container has none: it becomes English, with its own formats.</summary>
    public static void TurnOn()
    {
        var culture = CultureInfo.CurrentCulture;
        if (culture.Name.Length > 0)
        {
            return;
        }

        try
        {
            var english = (CultureInfo)CultureInfo.GetCultureInfo("en-US").Clone();
            (english.NumberFormat, english.DateTimeFormat) = (culture.NumberFormat, culture.DateTimeFormat);
            CultureInfo.CurrentCulture = english;
        }
        catch (CultureNotFoundException)
        {
            // .NET runs without cultures here
        }
    }
}
