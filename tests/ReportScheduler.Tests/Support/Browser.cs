using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReportScheduler.Tests.Support;

/// <summary>Chromium without a window: shows a page at a width, and answers what a script finds in it.</summary>
/// <remarks>The page stands in a frame, because a window is never as narrow as a phone.</remarks>
internal static class Browser
{
    private const string Program = "/usr/bin/chromium";

    /// <param name="folder">For the browser's files.</param>
    /// <param name="html">The page.</param>
    /// <param name="width">How wide it is shown, in pixels.</param>
    /// <param name="script">A JavaScript function of the page's window, with a value or a promise that JSON can hold.</param>
    /// <param name="isDark">The reader asks for dark colours.</param>
    /// <param name="inPage">A script that runs in the page itself.</param>
    /// <param name="frame">Attributes of the frame.</param>
    public static JsonElement Ask(string folder, string html, int width, string script, bool isDark = false, string inPage = "",
        string frame = "")
    {
        if (!File.Exists(Program))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI has no chromium.");
            Assert.Skip("There is no /usr/bin/chromium: apt-get install chromium");
        }

        var page = Path.Combine(folder, "page.htm");
        File.WriteAllText(page, inPage.Length == 0 ? html : Open(html) + $"<script>{inPage}</script>");
        var outer = Path.Combine(folder, "frame.htm");
        File.WriteAllText(outer, string.Create(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <body style="margin:0"><iframe {{frame}} src="page.htm" style="border:0;width:{{width}}px;height:1400px"></iframe>
            <script>
            addEventListener('load', async () => {
              let answer;
              try { answer = await ({{script}})(frames[0]); } catch (problem) { answer = { problem: String(problem) }; }
              const place = document.createElement('pre');
              place.id = 'answer';
              place.textContent = JSON.stringify(answer);
              document.body.append(place);
            });
            </script>
            """));
        var answer = Regex.Match(Dom(folder, outer, isDark), "<pre id=\"answer\">(.*?)</pre>", RegexOptions.Singleline);
        Assert.True(answer.Success, "The browser gave no answer.");
        using var json = JsonDocument.Parse(WebUtility.HtmlDecode(answer.Groups[1].Value));
        return json.RootElement.Clone();
    }

    // the policy of the page lets no script in but its own
    private static string Open(string html) => Regex.Replace(html, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");

    private static string Dom(string folder, string page, bool isDark)
    {
        var scheme = isDark ? 0 : 1;
        using var browser = Process.Start(new ProcessStartInfo(Program, ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--allow-file-access-from-files", "--virtual-time-budget=20000", "--window-size=1400,1500",
            $"--blink-settings=preferredColorScheme={scheme}", $"--user-data-dir={Path.Combine(folder, "browser")}", "--dump-dom",
            new Uri(page).AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        browser.ErrorDataReceived += (_, _) => { };
        browser.BeginErrorReadLine();
        return browser.StandardOutput.ReadToEnd();
    }
}
