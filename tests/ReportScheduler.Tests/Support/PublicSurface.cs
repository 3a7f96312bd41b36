using Microsoft.CodeAnalysis;

namespace ReportScheduler.Tests.Support;

/// <summary>The public types of the module as Microsoft.CodeAnalysis.PublicApiAnalyzers writes them down.</summary>
/// <remarks>The cmdlets are left out: CommandSurface.txt says more of them.</remarks>
internal static class PublicSurface
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.OmittedAsContaining,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeExplicitInterface
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    public static string Text()
    {
        var types = SourceArrow.Compilation().Assembly.GlobalNamespace.GetNamespaceMembers()
            .Single(space => space.Name == "ReportScheduler").GetTypeMembers()
            .Where(type => type.DeclaredAccessibility == Accessibility.Public);
        return string.Join('\n', types.SelectMany(type => type.GetMembers().Where(IsPublic).Prepend(type)).Select(Line)
            .Order(StringComparer.Ordinal).Prepend("#nullable enable")) + '\n';
    }

    private static bool IsPublic(ISymbol member) => member.DeclaredAccessibility == Accessibility.Public && (member is IFieldSymbol
        || (member is IMethodSymbol && member is not { ContainingType.TypeKind: TypeKind.Enum }));

    private static string Line(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => $"{method.ToDisplayString(Format)} -> {method.ReturnType.ToDisplayString(Format)}",
        IFieldSymbol field => $"{field.ToDisplayString(Format)} -> {field.Type.ToDisplayString(Format)}",
        _ => symbol.ToDisplayString(Format),
    };
}
