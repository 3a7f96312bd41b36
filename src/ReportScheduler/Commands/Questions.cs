using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ReportScheduler.Commands;

/// <summary>Questions to the person at the terminal, each asked again until its answer can be used.</summary>
internal sealed class Questions(PSHost host)
{
    /// <summary>What ends an answer of several lines.</summary>
    public const string End = "END";

    public void Say(string text) => OnTerminal(text, ui =>
    {
        ui.WriteLine(text);
        return true;
    });

    /// <summary>One line.</summary>
    /// <param name="question">Without its colon.</param>
    /// <param name="fallback">What Enter alone means, shown in brackets; empty text for nothing; null when an answer is needed.</param>
    /// <param name="take">Uses the answer. What is wrong with it is said, and the question asked again.</param>
    public T Line<T>(string question, string? fallback, Func<string, T> take) => Ask(
        () => Read(question, fallback is null ? $"{question}: " : $"{question} [{(fallback.Length == 0 ? "none" : fallback)}]: ")
            .Trim() is { Length: > 0 } answer ? answer : fallback ?? "",
        take);

    /// <summary>Several lines, up to one that says END.</summary>
    public T Lines<T>(string question, Func<string, T> take) => Ask(
        () =>
        {
            Say($"{question} (several lines; {End} on a line of its own ends it)");
            var lines = new List<string>();
            while (Read(question, "> ") is var line && !line.Trim().Equals(End, StringComparison.OrdinalIgnoreCase))
            {
                lines.Add(line);
            }

            return string.Join('\n', lines).Trim();
        },
        take);

    /// <summary>A line that is not shown; empty for none.</summary>
    public SecureString Secret(string question) => OnTerminal(question, ui =>
    {
        ui.Write($"{question}: ");
        return ui.ReadLineAsSecureString();
    });

    /// <returns>The place of the choice.</returns>
    public int Choose(string question, int fallback, params (string Label, string Help)[] choices) => OnTerminal(question, ui =>
        ui.PromptForChoice("", question,
            new Collection<ChoiceDescription>([.. choices.Select(choice => new ChoiceDescription(choice.Label, choice.Help))]), fallback));

    private T Ask<T>(Func<string> ask, Func<string, T> take)
    {
        while (true)
        {
            var answer = ask();
            try
            {
                return take(answer);
            }
            catch (ReportException problem) when (problem.ErrorId != nameof(CommandErrors.NobodyToAsk))
            {
                Say(problem.Message);
            }
        }
    }

    private string Read(string question, string prompt) => OnTerminal(question, ui =>
    {
        ui.Write(prompt);
        return ui.ReadLine() ?? throw new PSInvalidOperationException("The input has ended.");
    });

    private T OnTerminal<T>(string question, Func<PSHostUserInterface, T> use)
    {
        try
        {
            return use(host.UI);
        }
        catch (Exception problem) when (problem is HostException or InvalidOperationException or NotImplementedException
            or NotSupportedException)
        {
            throw CommandErrors.NobodyToAsk(question, problem);
        }
    }
}
