using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ReportScheduler.Host;

/// <summary>Questions to the person at the terminal. Where there is none every question is an error at once.</summary>
internal sealed class ConsolePrompt(bool nonInteractive)
{
    private readonly bool canAsk = !nonInteractive && !Console.IsInputRedirected;

    public string Line(string question)
    {
        Ask(question);
        return Console.ReadLine() ?? throw new PSInvalidOperationException("The terminal was closed before the question was answered.");
    }

    /// <summary>A line that shows as stars.</summary>
    public SecureString Secret(string question)
    {
        Ask(question);
        var secret = new SecureString();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
                Console.Out.Write("\b \b");
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
                Console.Out.Write('*');
            }
        }

        Console.Out.WriteLine();
        secret.MakeReadOnly();
        return secret;
    }

    public PSCredential Credential(string caption, string message, string userName)
    {
        Head(caption, message);
        var user = string.IsNullOrEmpty(userName) ? Line("User: ") : userName;
        return new PSCredential(user, Secret($"Password for user {user}: "));
    }

    /// <summary>Asks for the values of missing parameters, again when a value does not fit the type.</summary>
    public Dictionary<string, PSObject> Fields(string caption, string message, Collection<FieldDescription> fields)
    {
        Head(caption, message);
        return fields.ToDictionary(field => field.Name, field => new PSObject(Field(field)));
    }

    /// <summary>Asks which of the choices; Enter takes the default, <c>?</c> explains them.</summary>
    public int Choice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Head(caption, message);
        var keys = choices.Select(Key).ToList();
        var labels = choices.Select((choice, index) => $"[{keys[index]}] {Label(choice)}");
        var ending = defaultChoice >= 0 ? $"[?] Help (default is \"{keys[defaultChoice]}\"): " : "[?] Help: ";
        while (true)
        {
            var answer = Line(string.Join("  ", labels.Append(ending))).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            var chosen = choices.Select((choice, index) => (choice, index)).Where(item =>
                answer.Equals(keys[item.index], StringComparison.OrdinalIgnoreCase) || answer.Equals(Label(item.choice), StringComparison.OrdinalIgnoreCase)).ToList();
            if (chosen.Count > 0)
            {
                return chosen[0].index;
            }

            if (answer == "?")
            {
                Console.Out.WriteLine(string.Join(Environment.NewLine, choices.Select((choice, index) => $"{keys[index]} - {choice.HelpMessage}")));
            }
        }
    }

    private object Field(FieldDescription field)
    {
        // the property holds the assembly-qualified name; a type of the module's own context is not found here and read as text
        var type = Type.GetType(field.ParameterAssemblyFullName, throwOnError: false) ?? typeof(string);
        if (type == typeof(SecureString))
        {
            return Secret($"{field.Name}: ");
        }

        if (type == typeof(PSCredential))
        {
            return Credential("", "", "");
        }

        if (!type.IsArray)
        {
            return Value($"{field.Name}: ", type);
        }

        var items = new List<string>();
        while (Value($"{field.Name}[{items.Count}]: ", type.GetElementType()!) is { Length: > 0 } item)
        {
            items.Add(item);
        }

        return items.ToArray();
    }

    private string Value(string question, Type type)
    {
        while (true)
        {
            var text = Line(question);
            if (text.Length == 0 || LanguagePrimitives.TryConvertTo(text, type, out _))
            {
                return text;
            }

            Console.Out.WriteLine($"'{text}' is not a value of type {type.Name}.");
        }
    }

    private void Head(string caption, string message)
    {
        RequireTerminal(string.IsNullOrEmpty(message) ? caption : message);
        foreach (var line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            Console.Out.WriteLine(line);
        }
    }

    private void Ask(string question)
    {
        RequireTerminal(question);
        Console.Out.Write(question);
    }

    private void RequireTerminal(string question)
    {
        if (!canAsk)
        {
            throw new PSInvalidOperationException($"Nobody can answer '{question.Trim()}': the input is not a terminal. Give every mandatory parameter, and -Confirm:$false where a confirmation is asked for.");
        }
    }

    private static string Label(ChoiceDescription choice) => choice.Label.Replace("&", "", StringComparison.Ordinal);

    private static string Key(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label[(mark + 1)..(mark + 2)].ToUpperInvariant() : Label(choice);
    }
}
