using Billing.Api.Commands;
using Billing.Api.Hosting;

namespace Billing.Api.Tests.Hosting;

public sealed class MediatorRegistrationTests
{
    private static readonly Type[] All = typeof(MediatorRegistration).Assembly.GetTypes();

    [Fact]
    public void Every_class_that_handles_commands_is_listed_once()
    {
        var handling = All
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(MediatorRegistration.IsHandler));

        Assert.Equal(
            handling.Select(type => type.FullName).Order(StringComparer.Ordinal),
            MediatorRegistration.Handlers.Select(type => type.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_command_has_one_handler()
    {
        var commands = All.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICommand)));
        var handled = MediatorRegistration.Handlers
            .SelectMany(handler => handler.GetInterfaces()).Where(MediatorRegistration.IsHandler)
            .Select(contract => contract.GenericTypeArguments[0]);

        Assert.Equal(
            commands.Select(type => type.FullName).Order(StringComparer.Ordinal),
            handled.Select(type => type.FullName).Order(StringComparer.Ordinal));
    }
}
